package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.network.NetworkPlan;
import io.elottery.controller.servers.ServerBook;
import io.elottery.controller.staff.AuditTrail;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.keyvault.vault.SignedRecords;
import io.elottery.keyvault.vault.Vault;
import io.elottery.ledger.ring.Ring;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the desks of keys need from the rest of main.
 *
 * @param plan who is whose neighbour now
 * @param planEdited whether the plan's changes are read: a link that is not in it is none
 * @param removed which workers left the network for good
 * @param ring who shares shards now
 * @param office where what is no secret is recorded
 * @param trouble why a worker should be left alone now, in words; empty when nothing is wrong
 */
public record KeyPorts(
    Switchboard board,
    NodeLoop loop,
    RandomSource random,
    Hemispheres halves,
    ServerBook book,
    Supplier<NetworkPlan> plan,
    BooleanSupplier planEdited,
    Predicate<NodeId> removed,
    Supplier<Optional<Ring>> ring,
    Vault vault,
    SignedRecords office,
    AuditTrail audit,
    Function<NodeId, Optional<String>> trouble) {}
