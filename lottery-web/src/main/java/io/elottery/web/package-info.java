/**
 * The gateway process: website, HTTP API and staff port. Entry type: {@link
 * io.elottery.web.WebMain}; wiring in {@link io.elottery.web.WebAssembly}, on the starting thread.
 */
@NullMarked
package io.elottery.web;

import org.jspecify.annotations.NullMarked;
