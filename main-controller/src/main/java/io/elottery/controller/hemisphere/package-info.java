/**
 * Who acts for which half. Entry type: {@link io.elottery.controller.hemisphere.Hemispheres}. On
 * main's loop.
 */
@NullMarked
package io.elottery.controller.hemisphere;

import org.jspecify.annotations.NullMarked;
