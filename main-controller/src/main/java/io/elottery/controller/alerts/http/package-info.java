/**
 * Sends alerts by the JDK's HTTP client. Entry type: {@link
 * io.elottery.controller.alerts.http.HttpAlertPost}. Its own threads.
 */
@NullMarked
package io.elottery.controller.alerts.http;

import org.jspecify.annotations.NullMarked;
