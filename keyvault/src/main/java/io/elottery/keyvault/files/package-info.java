/**
 * Files that only their owner may read. Entry type: {@link
 * io.elottery.keyvault.files.OwnerOnlyFiles}. Any thread, waits for the disk.
 */
@NullMarked
package io.elottery.keyvault.files;

import org.jspecify.annotations.NullMarked;
