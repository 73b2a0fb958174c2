/**
 * The worker process: enrols, keeps its trunks and links, watches its neighbours, reports, and
 * holds replicas of shards. Entry type: {@link io.elottery.worker.WorkerAssembly}. Two loops:
 * supervision, which never touches a disk, and ledger.
 */
@NullMarked
package io.elottery.worker;

import org.jspecify.annotations.NullMarked;
