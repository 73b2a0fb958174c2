/**
 * The whole product with real processes. Entry type: {@link io.elottery.deploy.e2e.LocalCluster}.
 */
@NullMarked
package io.elottery.deploy.e2e;

import org.jspecify.annotations.NullMarked;
