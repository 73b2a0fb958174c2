package io.elottery.controller.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.keyvault.people.Credentials;
import io.elottery.keyvault.people.StaffChange;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRole;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Members of the staff, and changes of the staff book, as JSON of the staff's calls. */
final class StaffJson {
  private StaffJson() {}

  /** A member, without anything to sign in by. */
  static ObjectNode of(StaffMember member) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", member.name())
            .put("person", member.person());
    ArrayNode roles = json.putArray("roles");
    member.roles().forEach(role -> roles.add(role.text()));
    Credentials credentials = member.credentials();
    String signsIn =
        credentials.password().isPresent()
            ? "password"
            : credentials.token().isPresent()
                ? "token"
                : credentials.invitation().isPresent() ? "invited" : "not yet";
    return json.put("branch", member.branch())
        .put("set", member.set().map(Hemisphere::name).orElse(""))
        .put("disabled", member.disabled())
        .put("signsIn", signsIn);
  }

  /** The action of a proposal that changes the book. */
  static ObjectNode action(StaffChange change) {
    return change.match(
        new StaffChange.Cases<>() {
          @Override
          public ObjectNode add(StaffChange.Add add) {
            ObjectNode json =
                action("ADD", add.name()).put("person", add.person()).put("branch", add.branch());
            ArrayNode roles = json.putArray("roles");
            add.roles().forEach(role -> roles.add(role.text()));
            return json;
          }

          @Override
          public ObjectNode roles(StaffChange.Roles change) {
            ObjectNode json = action("ROLES", change.name());
            ArrayNode roles = json.putArray("roles");
            change.roles().forEach(role -> roles.add(role.text()));
            return json;
          }

          @Override
          public ObjectNode enable(StaffChange.Enable enable) {
            return action("ENABLE", enable.name());
          }

          @Override
          public ObjectNode invite(StaffChange.Invite invite) {
            return action("INVITE", invite.name());
          }
        });
  }

  private static ObjectNode action(String change, String name) {
    return JsonNodeFactory.instance.objectNode().put("change", change).put("name", name);
  }

  /** Reads {@link #action(StaffChange)}. */
  static StaffChange change(JsonNode action) throws ActionRefused {
    String name = action.path("name").asText("");
    return switch (action.path("change").asText("")) {
      case "ADD" ->
          added(
              name,
              action.path("person").asText(""),
              roles(action),
              action.path("branch").asText(""));
      case "ROLES" -> new StaffChange.Roles(name, roles(action));
      case "ENABLE" -> new StaffChange.Enable(name);
      case "INVITE" -> new StaffChange.Invite(name);
      default -> throw ActionRefused.invalid("change", "No such change of the staff book.");
    };
  }

  /** A new member, checked. */
  static StaffChange.Add added(
      String name, String person, SortedSet<StaffRole> roles, String branch) throws ActionRefused {
    try {
      StaffMember checked =
          new StaffMember(name, person, roles, branch, Optional.empty(), false, Credentials.NONE);
      return new StaffChange.Add(
          checked.name(), checked.person(), checked.roles(), checked.branch());
    } catch (IllegalArgumentException wrong) {
      String why = String.valueOf(wrong.getMessage());
      int colon = why.indexOf(':');
      throw ActionRefused.invalid(colon > 0 ? why.substring(0, colon) : "", why + ".");
    }
  }

  /** The roles in the field of that name. */
  static SortedSet<StaffRole> roles(JsonNode body) throws ActionRefused {
    SortedSet<StaffRole> roles = new TreeSet<>();
    try {
      for (JsonNode role : body.path("roles")) {
        roles.add(StaffRole.parse(role.asText()));
      }
    } catch (IllegalArgumentException wrong) {
      throw ActionRefused.invalid("roles", wrong.getMessage() + ".");
    }
    if (roles.isEmpty()) {
      throw ActionRefused.invalid("roles", "Expected at least one role in \"roles\".");
    }
    return roles;
  }
}
