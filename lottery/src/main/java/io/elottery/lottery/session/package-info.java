/**
 * Who is signed in. Entry type: {@link io.elottery.lottery.session.Session}. Values only, any
 * thread.
 */
@NullMarked
package io.elottery.lottery.session;

import org.jspecify.annotations.NullMarked;
