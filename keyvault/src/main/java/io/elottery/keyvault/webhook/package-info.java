/**
 * Where alerts are sent to, and the secret each receiver verifies them by. Entry type: {@link
 * io.elottery.keyvault.webhook.WebhookVault}. Any thread.
 */
@NullMarked
package io.elottery.keyvault.webhook;

import org.jspecify.annotations.NullMarked;
