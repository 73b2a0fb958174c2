/**
 * The whole picture, for command, console and API. Entry type: {@link
 * io.elottery.reports.view.NetworkView}. Values only.
 */
@NullMarked
package io.elottery.reports.view;

import org.jspecify.annotations.NullMarked;
