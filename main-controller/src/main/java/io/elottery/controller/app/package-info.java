/** Wires a main process. Entry type: {@link io.elottery.controller.app.ControllerAssembly}. */
@NullMarked
package io.elottery.controller.app;

import org.jspecify.annotations.NullMarked;
