/**
 * What supervision keeps on disk, written on a thread of its own. Entry type: {@link
 * io.elottery.worker.disk.Disk}.
 */
@NullMarked
package io.elottery.worker.disk;

import org.jspecify.annotations.NullMarked;
