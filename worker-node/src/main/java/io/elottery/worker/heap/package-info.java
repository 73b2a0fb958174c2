/**
 * How full the process's heap is, as its collections tell. Entry type: {@link
 * io.elottery.worker.heap.ProcessHeap}.
 */
@NullMarked
package io.elottery.worker.heap;

import org.jspecify.annotations.NullMarked;
