/**
 * What Bouncy Castle does for us: certificates, Argon2id, Ed25519, BCFKS. Its types stay in here.
 * Any thread.
 */
@NullMarked
package io.elottery.keyvault.bouncycastle;

import org.jspecify.annotations.NullMarked;
