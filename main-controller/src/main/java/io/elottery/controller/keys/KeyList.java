package io.elottery.controller.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.rotation.KeyAgeLimits;
import io.elottery.keyvault.rotation.KeyAgeLimits.Colour;
import io.elottery.keyvault.rotation.KeyEpoch;
import io.elottery.keyvault.rotation.LinkCut;
import io.elottery.keyvault.rotation.LinkKeeper;
import io.elottery.keyvault.rotation.LinkKeys;
import io.elottery.keyvault.rotation.LinkName;
import io.elottery.keyvault.rotation.PastEpoch;
import io.elottery.keyvault.rotation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The keys of all links as the staff sees them; no key among them. On main's loop. */
final class KeyList {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final KeyPorts ports;
  private final KeysConfig config;
  private final KeyDesk keys;
  private final CutDesk cuts;

  KeyList(KeyPorts ports, KeysConfig config, KeyDesk keys, CutDesk cuts) {
    this.ports = ports;
    this.config = config;
    this.keys = keys;
    this.cuts = cuts;
  }

  private record Judged(Colour colour, String why) {}

  /** One item for each link, the worst state, and the cuts in force. */
  ObjectNode list() {
    ObjectNode all = JSON.objectNode();
    ArrayNode items = all.putArray("items");
    Colour worst = Colour.GREEN;
    TreeSet<LinkName> links = new TreeSet<>(keys.wanted());
    for (LinkName link : keys.links()) {
      boolean over =
          keys.keeper(link).flatMap(LinkKeeper::state).map(KeyList::isOver).orElse(false);
      if (!over || cuts.inForce(link).isPresent()) {
        links.add(link);
      }
    }
    for (LinkName link : links) {
      Judged judged = judge(link);
      worst = judged.colour.compareTo(worst) > 0 ? judged.colour : worst;
      items.add(item(link, judged));
    }
    all.set("cuts", cuts(true));
    return all.put("state", worst.name());
  }

  /** Every epoch that main remembers, the newest of each link first. */
  ObjectNode history() {
    ObjectNode all = JSON.objectNode();
    ArrayNode items = all.putArray("items");
    for (LinkName link : keys.links()) {
      keys.keeper(link).flatMap(LinkKeeper::state).ifPresent(is -> history(is, items));
    }
    return all;
  }

  /** The cuts, the latest first. */
  ArrayNode cuts(boolean inForceOnly) {
    ArrayNode all = JSON.arrayNode();
    List<LinkCut> made = inForceOnly ? cuts.all().inForce() : cuts.all().cuts();
    for (int i = made.size() - 1; i >= 0; i--) {
      all.add(CutCalls.json(made.get(i), ports.loop().time().now()));
    }
    return all;
  }

  private static boolean isOver(LinkKeys is) {
    return is.phase() == Phase.NEW || is.phase() == Phase.CUT;
  }

  private static void history(LinkKeys is, ArrayNode items) {
    for (int i = is.epochs().size() - 1; i >= 0; i--) {
      KeyEpoch epoch = is.epochs().get(i);
      items
          .addObject()
          .put("link", is.link().text())
          .put("epoch", epoch.number())
          .put("stage", is.stage(epoch).name())
          .put("madeAt", epoch.madeAt().toString());
    }
    for (int i = is.past().size() - 1; i >= 0; i--) {
      PastEpoch past = is.past().get(i);
      items
          .addObject()
          .put("link", is.link().text())
          .put("epoch", past.number())
          .put("stage", "DESTROYED")
          .put("madeAt", past.madeAt().toString())
          .put("endedAt", past.endedAt().toString())
          .put("how", past.how().name());
    }
  }

  private ObjectNode item(LinkName link, Judged judged) {
    ObjectNode item =
        JSON.objectNode()
            .put("link", link.text())
            .put("low", link.low().name())
            .put("high", link.high().name())
            .put("purpose", link.purpose());
    Optional<LinkKeeper> keeper = keys.keeper(link);
    Optional<LinkKeys> state = keeper.flatMap(LinkKeeper::state);
    Optional<KeyEpoch> newest = state.flatMap(LinkKeys::newest);
    item.put("epoch", newest.map(KeyEpoch::number).orElse(0));
    item.put("stage", stage(link, state));
    // The age is that of the key in use: a newer one that waits does not make the link younger.
    Optional<Instant> madeAt =
        state.flatMap(LinkKeys::inUse).or(() -> newest).map(KeyEpoch::madeAt);
    item.put(
        "ageSeconds",
        madeAt.map(at -> Duration.between(at, ports.loop().time().now()).toSeconds()).orElse(0L));
    ObjectNode ends = item.putObject("ends");
    int confirmed = 0;
    for (NodeId end : link.ends()) {
      boolean has = keeper.isPresent() && confirms(keeper.get(), end);
      confirmed += has ? 1 : 0;
      ends.put(end.name(), end(link, keeper, end, has));
    }
    return item.put("confirmed", confirmed + "/2")
        .put("state", judged.colour.name())
        .put("why", judged.why);
  }

  private String stage(LinkName link, Optional<LinkKeys> state) {
    if (cuts.inForce(link).isPresent()) {
      return "CUT";
    }
    if (state.isEmpty()) {
      return "UNKNOWN";
    }
    LinkKeys is = state.get();
    return switch (is.phase()) {
      case NEW -> "NONE";
      case CUT -> "DESTROYED";
      case RETIRING -> "RETIRING";
      case OFFERING, WITHDRAWING, ACTIVATING, STEADY ->
          is.newest().map(epoch -> is.stage(epoch).name()).orElse("NONE");
    };
  }

  private static boolean confirms(LinkKeeper keeper, NodeId end) {
    Optional<LinkKeys> is = keeper.state();
    return is.isPresent()
        && (is.get().isMoving() || is.get().phase() == Phase.CUT
            ? is.get().confirmed().contains(end)
            : keeper.holds(end));
  }

  private String end(LinkName link, Optional<LinkKeeper> keeper, NodeId end, boolean has) {
    Optional<LinkCut> cut = cuts.inForce(link);
    if (cut.isPresent()) {
      LinkCut.EndState is = cut.get().ends().get(link + " " + end);
      return is == null ? "UNREACHABLE" : is.name();
    }
    if (has) {
      return "CONFIRMED";
    }
    String trouble = keeper.map(LinkKeeper::troubles).map(all -> all.get(end)).orElse(null);
    if (!keys.isConnected(end)) {
      return "NOT_CONNECTED";
    }
    return trouble == null ? "ASKED" : "REFUSES: " + trouble;
  }

  private Judged judge(LinkName link) {
    Instant now = ports.loop().time().now();
    Optional<LinkCut> cut = cuts.inForce(link);
    if (cut.isPresent()) {
      String second =
          cut.get().isConfirmed()
              ? "; confirmed by " + cut.get().confirmedBy()
              : cut.get().isOverdue(now)
                  ? "; NOT confirmed by a second officer in time"
                  : "; a second officer is to confirm it";
      return new Judged(Colour.RED, cut.get().words() + second);
    }
    Optional<LinkKeeper> keeper = keys.keeper(link);
    if (keeper.isPresent() && keeper.get().cutBehindUs().isPresent()) {
      return new Judged(
          Colour.RED, keeper.get().cutBehindUs().get() + " refuses it as cut: cut it, then lift");
    }
    Optional<LinkKeys> state = keeper.flatMap(LinkKeeper::state);
    if (state.isEmpty()) {
      return new Judged(
          Colour.YELLOW, "waits: " + keeper.map(LinkKeeper::unknownWhy).orElse("not read yet"));
    }
    return judge(state.get(), keeper.get(), now);
  }

  private Judged judge(LinkKeys is, LinkKeeper keeper, Instant now) {
    if (is.isOverdue(now, config.deadline())) {
      return new Judged(Colour.RED, is.phase() + ": not confirmed in time by " + is.waitsFor());
    }
    if (is.phase() == Phase.NEW || is.phase() == Phase.CUT) {
      Colour colour = KeyDesk.isCutWithoutRecord(is) ? Colour.RED : Colour.YELLOW;
      return new Judged(colour, keys.waits(is.link()).orElse("no key yet"));
    }
    KeyAgeLimits limits = config.ages();
    Colour age = is.inUse().map(epoch -> limits.of(epoch.madeAt(), now)).orElse(Colour.GREEN);
    if (age != Colour.GREEN) {
      Duration limit = age == Colour.RED ? limits.red() : limits.yellow();
      return new Judged(age, "the key is older than " + limit.toDays() + " days");
    }
    if (is.isMoving()) {
      boolean waits = is.inUse().isEmpty() && !is.waitsFor().isEmpty();
      return new Judged(
          waits || is.phase() == Phase.WITHDRAWING ? Colour.YELLOW : Colour.GREEN,
          is.phase() + ": " + is.why() + ", waits for " + is.waitsFor());
    }
    List<NodeId> silent = is.link().ends().stream().filter(end -> !keeper.holds(end)).toList();
    return silent.isEmpty()
        ? new Judged(Colour.GREEN, "")
        : new Judged(Colour.YELLOW, "not confirmed by " + silent + " since it connected last");
  }
}
