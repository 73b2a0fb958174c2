/**
 * The whole network in one process. Entry type: {@link io.elottery.deploy.demo.Demo}, on the main
 * thread.
 */
@NullMarked
package io.elottery.deploy.demo;

import org.jspecify.annotations.NullMarked;
