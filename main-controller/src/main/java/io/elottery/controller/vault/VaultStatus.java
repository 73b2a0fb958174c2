package io.elottery.controller.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.controller.peers.VaultState;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.vault.Compartment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How the vault stands on all mains, for people: green, yellow or red, and why.
 *
 * <p>Red is what one more failure turns into "nothing opens": a compartment open on fewer than two
 * mains, or a record that was tampered with and not repaired.
 *
 * @param mains by name; empty for one that does not answer
 * @param notShown who must still be shown renewed pieces; empty = nobody
 */
record VaultStatus(SortedMap<NodeId, Optional<VaultState>> mains, Optional<String> notShown) {
  private static final int OPEN_MIN = 2;

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("mains");
    TreeSet<String> waits = new TreeSet<>();
    mains.forEach((id, state) -> main(list.addObject().put("main", id.name()), state, waits));
    ArrayNode waiting = json.putArray("waits");
    waits.forEach(waiting::add);
    ArrayNode tampered = json.putArray("tampered");
    tampered().forEach(tampered::add);
    List<String> red = red();
    List<String> yellow = yellow();
    return json.put("state", !red.isEmpty() ? "RED" : !yellow.isEmpty() ? "YELLOW" : "GREEN")
        .put("why", String.join("; ", red.isEmpty() ? yellow : red));
  }

  private static void main(ObjectNode json, Optional<VaultState> state, TreeSet<String> waits) {
    json.put("connected", state.isPresent());
    ObjectNode compartments = json.putObject("compartments");
    for (Compartment compartment : Compartment.values()) {
      ObjectNode part = compartments.putObject(compartment.text());
      if (state.isEmpty()) {
        part.put("state", "UNKNOWN");
        continue;
      }
      VaultState.Part known = state.get().part(compartment);
      part.put("state", known.open() ? "OPEN" : "SEALED")
          .put("given", known.given())
          .put("needed", known.needed())
          .put("generation", state.get().generation())
          .put("opensBy", known.needed() > 0 ? "PIECES" : "PASSPHRASE");
      known.waits().forEach(what -> waits.add(compartment.text() + ": " + what));
    }
  }

  private List<String> red() {
    List<String> red = new ArrayList<>();
    for (Compartment compartment : Compartment.values()) {
      long open = openOn(compartment);
      if (open < OPEN_MIN) {
        red.add(
            compartment.text()
                + " is open on "
                + (open == 0 ? "no main" : "one main only")
                + ": `elottery vault unseal`");
      }
    }
    red.addAll(tampered());
    return red;
  }

  private List<String> yellow() {
    List<String> yellow = new ArrayList<>();
    for (Map.Entry<NodeId, Optional<VaultState>> main : mains.entrySet()) {
      if (main.getValue().isEmpty()) {
        yellow.add(main.getKey() + " does not answer");
      } else {
        for (Compartment compartment : Compartment.values()) {
          if (!main.getValue().get().part(compartment).open()) {
            yellow.add(main.getKey() + "'s " + compartment.text() + " is sealed");
          }
        }
      }
    }
    notShown.ifPresent(
        who -> yellow.add("renewed pieces wait for " + who + ": `elottery vault pieces show`"));
    return yellow;
  }

  private long openOn(Compartment compartment) {
    return mains.values().stream()
        .flatMap(Optional::stream)
        .filter(state -> state.part(compartment).open())
        .count();
  }

  private List<String> tampered() {
    return mains.values().stream()
        .flatMap(Optional::stream)
        .flatMap(state -> state.tampered().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
