/**
 * Keys that no server may accept any more. Entry types: {@link
 * io.elottery.keyvault.revocation.RevocationList}, a value, and {@link
 * io.elottery.keyvault.revocation.Revocations}, which one server holds; any thread.
 */
@NullMarked
package io.elottery.keyvault.revocation;

import org.jspecify.annotations.NullMarked;
