/** What the staff's pages show: values only, ready to be printed. Any thread. */
@NullMarked
package io.elottery.web.console.view;

import org.jspecify.annotations.NullMarked;
