/**
 * What the pages show, ready to be written: values only, no rules. Entry type: {@link
 * io.elottery.web.site.view.Frame}.
 */
@NullMarked
package io.elottery.web.site.view;

import org.jspecify.annotations.NullMarked;
