package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.schedule.RotationClock;
import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.ApprovedActions;
import io.elottery.controller.staff.StaffCalls;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.id.Peer;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.Phase;
import io.elottery.keyvault.rotation.RotationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about keys on links, wired: who keeps them, who rotates them, who cuts them, and what
 * the staff may ask. On main's loop.
 */
public final class KeyRoom implements Duty {
  private static final Logger log = LoggerFactory.getLogger(KeyRoom.class);

  private final KeyPorts ports;
  private final RotationClock clock;
  private final CutDesk cuts;
  private final CutCalls cutting;
  private final KeyDesk keys;
  private final RotationDesk rotation;
  private final List<Duty> duties;

  /** Does nothing until started and until this main acts for LEFT. */
  public KeyRoom(
      KeyPorts ports,
      KeysConfig config,
      StaffCalls calls,
      ApprovedActions approvals,
      RotationClock clock) {
    this.ports = ports;
    this.clock = clock;
    cuts = new CutDesk(ports);
    Standing standing = new Standing(ports);
    keys = new KeyDesk(ports, config, cuts, standing);
    LinkBlocks blocks = new LinkBlocks(ports, keys, cuts);
    rotation = new RotationDesk(ports, config, keys, standing, blocks);
    duties = List.of(cuts, standing, keys, rotation);
    new KeyCalls(new KeyList(ports, config, keys, cuts), rotation, approvals).addTo(calls);
    cutting = new CutCalls(ports, keys, cuts, approvals);
    cutting.addTo(calls);
    new StandingCalls(ports, standing, approvals).addTo(calls);
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    cuts.start();
    keys.start();
    rotation.start();
  }

  /** A worker is connected and its announcement was taken. */
  public void announced(Peer peer) {
    keys.announced(peer);
  }

  /** A trunk closed: what was confirmed on it is asked for again on the next. */
  public void disconnected(Peer peer) {
    keys.disconnected(peer);
  }

  /** Links or shards may differ. */
  public void changed() {
    keys.changed();
  }

  /** Why two neighbours have no key in use yet, in words; empty when they have one. */
  public Optional<String> keyless(NodeId low, NodeId high) {
    LinkName link = LinkName.parse(low + "~" + high + "/neighbour");
    Phase phase =
        keys.keeper(link).flatMap(LinkKeeper::state).map(LinkKeys::phase).orElse(Phase.NEW);
    return switch (phase) {
      case STEADY, RETIRING -> Optional.empty();
      case NEW, CUT -> Optional.of(keys.waits(link).orElse("its first key is being made"));
      case OFFERING, WITHDRAWING, ACTIVATING -> Optional.of("its key is on the way");
    };
  }

  /** The links of a worker that still have a key, in words. */
  public List<String> keyed(NodeId worker) {
    List<String> keyed = new ArrayList<>();
    for (LinkName link : keys.links()) {
      Phase phase =
          keys.keeper(link).flatMap(LinkKeeper::state).map(LinkKeys::phase).orElse(Phase.NEW);
      if (link.joins(worker) && phase != Phase.NEW && phase != Phase.CUT) {
        keyed.add(link + " " + phase);
      }
    }
    return keyed;
  }

  /** Cuts every link of a worker at once and does not wait; nothing happens where it has none. */
  public void cutWorker(NodeId worker, String reason, StaffMember officer) {
    try {
      cutting
          .cut(new RotationScope.OfWorker(worker), officer, reason)
          .whenComplete((cut, problem) -> log.info("{}: links cut, {}", worker, reason));
    } catch (ActionRefused none) {
      log.info("{}: {}", worker, none.detail());
    }
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    duties.forEach(duty -> duty.begin(hemisphere, fence));
    if (hemisphere == Hemisphere.LEFT) {
      clock.begin(() -> ports.loop().post(rotation::due));
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      clock.end();
    }
    duties.forEach(duty -> duty.end(hemisphere));
  }
}
