/**
 * What mains tell each other. Entry type: {@link io.elottery.controller.peers.Share}. Values only.
 */
@NullMarked
package io.elottery.controller.peers;

import org.jspecify.annotations.NullMarked;
