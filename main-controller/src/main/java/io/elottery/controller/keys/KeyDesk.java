package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.staff.AuditEntry;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.id.Role;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.heartbeat.link.LinkId;
import io.elottery.keyvault.keystep.KeyConfirm;
import io.elottery.keyvault.keystep.KeyStep;
import io.elottery.keyvault.rotation.LinkCut;
import io.elottery.keyvault.rotation.LinkEnds;
import io.elottery.keyvault.rotation.LinkEvent;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkMachine;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the keys of every link while this main acts for LEFT: first keys for new links once both
 * ends have announced themselves and the standing approval allows it, everything owed to an end
 * again after each reconnect, no keys for links that are no more; and the receipt keys of shards.
 * On main's loop.
 */
public final class KeyDesk implements Duty, LinkEnds {
  private static final Logger log = LoggerFactory.getLogger(KeyDesk.class);
  private static final String UNLINKED = "no longer a link of the network";
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // A ring in the making may leave a link out for a while; its keys are not destroyed for that.
  private static final Duration UNWANTED_MAX = Duration.ofMinutes(10);

  private final KeyPorts ports;
  private final KeysConfig config;
  private final CutDesk cuts;
  private final Standing standing;
  private final ReceiptKeys receipts;
  private final TreeSet<NodeId> connected = new TreeSet<>();
  private final TreeMap<LinkName, LinkKeeper> keepers = new TreeMap<>();
  private final TreeSet<LinkName> beginning = new TreeSet<>(); // Being audited.
  private final Map<LinkName, String> waits = new TreeMap<>();
  private final Map<LinkName, Long> unwanted = new TreeMap<>(); // Since when, in nanoseconds.
  private long fence;
  private long term;

  KeyDesk(KeyPorts ports, KeysConfig config, CutDesk cuts, Standing standing) {
    this.ports = ports;
    this.config = config;
    this.cuts = cuts;
    this.standing = standing;
    this.receipts = new ReceiptKeys(ports);
  }

  void start() {
    ports.loop().every(TICK, this::tick);
  }

  void announced(Peer peer) {
    if (peer.role() == Role.WORKER) {
      connected.add(peer.id());
      of(peer.id()).forEach(keeper -> keeper.connected(peer.id()));
      tick();
    }
  }

  void disconnected(Peer peer) {
    connected.remove(peer.id());
    of(peer.id()).forEach(keeper -> keeper.disconnected(peer.id()));
    receipts.forget(peer.id());
  }

  /** Links or shards may differ. */
  void changed() {
    tick();
  }

  @Override
  public void begin(Hemisphere hemisphere, long itsFence) {
    if (hemisphere == Hemisphere.LEFT) {
      clear();
      fence = itsFence;
      list(term);
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      clear();
    }
  }

  @Override
  public boolean isConnected(NodeId end) {
    return connected.contains(end);
  }

  @Override
  public CompletableFuture<KeyConfirm> ask(NodeId end, KeyStep step) {
    return ports
        .board()
        .call(end, step.toEnvelope(), PATIENCE)
        .thenCompose(
            answer -> {
              try {
                return CompletableFuture.completedFuture(KeyConfirm.from(answer));
              } catch (MalformedMessage malformed) {
                return CompletableFuture.failedFuture(malformed);
              }
            });
  }

  /** The links the network needs now. */
  SortedSet<LinkName> wanted() {
    SortedSet<LinkName> links = new TreeSet<>();
    for (LinkId link : LinkPlan.links(ports.plan().get(), ports.ring().get())) {
      LinkName name = LinkName.parse(link.toString());
      if (name.ends().stream().noneMatch(ports.removed())) {
        links.add(name);
      }
    }
    return links;
  }

  /** Who keeps a link. */
  Optional<LinkKeeper> keeper(LinkName link) {
    return Optional.ofNullable(keepers.get(link));
  }

  /** Every link that is kept. */
  Collection<LinkName> links() {
    return List.copyOf(keepers.keySet());
  }

  /** Why a link has no first key yet, in words. */
  Optional<String> waits(LinkName link) {
    return Optional.ofNullable(waits.get(link));
  }

  private void clear() {
    term++;
    keepers.values().forEach(LinkKeeper::stop);
    keepers.clear();
    beginning.clear();
    waits.clear();
    unwanted.clear();
    receipts.clear();
  }

  // Links that are no more but still have keys are found by their records.
  private void list(long mine) {
    ports
        .vault()
        .pairs()
        .links()
        .whenComplete(
            (links, problem) ->
                ports
                    .loop()
                    .post(
                        () -> {
                          if (mine != term) {
                            return;
                          }
                          if (links == null) {
                            ports.loop().after(AGAIN, () -> list(mine));
                          } else {
                            links.forEach(this::keep);
                            tick();
                          }
                        }));
  }

  private LinkKeeper keep(LinkName link) {
    LinkKeeper known = keepers.get(link);
    if (known != null) {
      return known;
    }
    LinkKeeper fresh =
        new LinkKeeper(
            new LinkKeeper.Ports(ports.loop(), ports.random(), ports.vault().pairs(), this),
            new LinkMachine(config.deadline()),
            link,
            fence,
            () -> {});
    keepers.put(link, fresh);
    fresh.start();
    return fresh;
  }

  private void tick() {
    if (!ports.halves().coordinates()) {
      return;
    }
    ports.ring().get().ifPresent(ring -> receipts.handOut(ring, connected));
    // What is cut must be known before anything else is done with keys.
    if (!cuts.isKnown()) {
      return;
    }
    SortedSet<LinkName> wanted = wanted();
    wanted.forEach(this::keep);
    for (Map.Entry<LinkName, LinkKeeper> entry : new ArrayList<>(keepers.entrySet())) {
      LinkName link = entry.getKey();
      LinkKeeper keeper = entry.getValue();
      Optional<LinkCut> cut = cuts.inForce(link);
      if (cut.isPresent()) {
        keeper.close(cut.get().upTo(link), cut.get().words());
      } else {
        keeper.open();
        keeper.state().ifPresent(is -> tend(keeper, is, wanted.contains(link)));
      }
      keeper.take(new LinkEvent.Tick());
    }
  }

  private void tend(LinkKeeper keeper, LinkKeys is, boolean isWanted) {
    if (isWanted) {
      unwanted.remove(is.link());
      if (is.phase() == Phase.NEW || is.phase() == Phase.CUT) {
        first(keeper, is);
      } else {
        waits.remove(is.link());
      }
    } else if (is.phase() != Phase.NEW && is.phase() != Phase.CUT) {
      long now = ports.loop().time().nanos();
      Long since = unwanted.putIfAbsent(is.link(), now);
      boolean unlinked =
          (is.link().purpose().equals("neighbour") && ports.planEdited().getAsBoolean())
              || is.link().ends().stream().anyMatch(ports.removed());
      long grace = unlinked ? AGAIN.toNanos() : UNWANTED_MAX.toNanos();
      if (since != null && now - since >= grace && ports.ring().get().isPresent()) {
        destroy(keeper, is);
      }
    }
  }

  private void first(LinkKeeper keeper, LinkKeys is) {
    List<NodeId> announced = ports.book().named(Role.WORKER);
    List<NodeId> missing =
        is.link().ends().stream().filter(end -> !announced.contains(end)).toList();
    boolean lifted = cuts.lifted(is.link(), is.last());
    Optional<String> no = lifted ? Optional.empty() : standing.refusal();
    if (!lifted && isCutWithoutRecord(is)) {
      waits.put(is.link(), is.why() + "; main has no record of that: cut it again, then lift it");
    } else if (!missing.isEmpty()) {
      waits.put(is.link(), "waits for " + missing + " to announce itself");
    } else if (no.isPresent()) {
      waits.put(is.link(), no.get());
    } else if (beginning.add(is.link())) {
      waits.remove(is.link());
      CompletableFuture<Void> counted =
          lifted ? CompletableFuture.completedFuture(null) : standing.use(1);
      String under = lifted ? "after a lifted cut" : "under the standing approval";
      audited(
          counted.thenCompose(used -> audit("KEYS_FIRST", is.link(), "first key " + under)),
          is.link(),
          () -> keeper.take(new LinkEvent.Begin(is.last() + 1, "first key " + under)));
    }
  }

  /** Whether an officer cut it and the record of that is lost: nothing is undone silently. */
  static boolean isCutWithoutRecord(LinkKeys is) {
    return is.phase() == Phase.CUT && !is.why().equals(UNLINKED);
  }

  private void destroy(LinkKeeper keeper, LinkKeys is) {
    if (beginning.add(is.link())) {
      audited(
          audit("KEYS_DESTROYED", is.link(), UNLINKED),
          is.link(),
          () -> keeper.take(new LinkEvent.Cut(is.last(), UNLINKED)));
    }
  }

  private CompletableFuture<Void> audit(String what, LinkName link, String detail) {
    String self = ports.loop().name();
    return ports.audit().record(AuditEntry.done(self, what, link.text(), detail));
  }

  private void audited(CompletableFuture<Void> recorded, LinkName link, Runnable effect) {
    long mine = term;
    recorded.whenComplete(
        (done, problem) ->
            ports
                .loop()
                .post(
                    () -> {
                      if (mine != term) {
                        return;
                      }
                      beginning.remove(link);
                      if (problem == null) {
                        effect.run();
                      } else {
                        log.warn("{}: not recorded, tried again: {}", link, problem.toString());
                      }
                    }));
  }

  private List<LinkKeeper> of(NodeId end) {
    List<LinkKeeper> its = new ArrayList<>();
    keepers.forEach(
        (link, keeper) -> {
          if (link.joins(end)) {
            its.add(keeper);
          }
        });
    return its;
  }
}
