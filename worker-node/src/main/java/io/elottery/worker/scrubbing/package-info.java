/**
 * Reading everything at rest back, every night and when asked. Entry type: {@link
 * io.elottery.worker.scrubbing.ScrubDesk}, on the supervision loop.
 */
@NullMarked
package io.elottery.worker.scrubbing;

import org.jspecify.annotations.NullMarked;
