/**
 * The website: pages made on the server, usable without scripts. Entry type: {@link
 * io.elottery.web.site.Site}, on the HTTP loop.
 */
@NullMarked
package io.elottery.web.site;

import org.jspecify.annotations.NullMarked;
