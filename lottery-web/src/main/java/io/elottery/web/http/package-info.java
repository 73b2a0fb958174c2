/**
 * The HTTP server (Vert.x), the only package that knows it. Entry type: {@link
 * io.elottery.web.http.HttpDoor}, on its event loop.
 */
@NullMarked
package io.elottery.web.http;

import org.jspecify.annotations.NullMarked;
