/**
 * Whether a neighbour lives, from the rhythm of what is heard of it. Pure: time is passed in. Entry
 * type: {@link io.elottery.heartbeat.detector.FailureDetector}.
 */
@NullMarked
package io.elottery.heartbeat.detector;

import org.jspecify.annotations.NullMarked;
