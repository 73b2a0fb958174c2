package io.elottery.controller.history;

import io.elottery.controller.staff.ActionRefused;
import io.elottery.controller.staff.StaffRequest;
import io.elottery.foundation.id.NodeId;
import io.elottery.keyvault.people.StaffRole;
import io.elottery.reports.priority.Priority;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a call asks for, read or refused. */
final class Asked {
  /** Anybody of the staff may know how the network is. */
  static final Set<StaffRole> READERS = Set.of(StaffRole.values());

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private Asked() {}

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  static long number(StaffRequest request, String name, long otherwise) throws ActionRefused {
    String text = request.query().getOrDefault(name, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!isNumber(text)) {
      throw ActionRefused.invalid(name, "Expected a number in \"" + name + "\".");
    }
    return Long.parseLong(text);
  }

  static NodeId node(String text, String field) throws ActionRefused {
    try {
      return NodeId.of(text);
    } catch (IllegalArgumentException wrong) {
      throw ActionRefused.invalid(field, "Expected a server's name: worker-7.");
    }
  }

  /** The least urgent that is wanted. */
  static Priority priority(StaffRequest request) throws ActionRefused {
    String text = request.query().getOrDefault("priority", "");
    try {
      return text.isEmpty() ? Priority.ROUTINE : Priority.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw ActionRefused.invalid(
          "priority", "Expected critical, warning, notice or routine in \"priority\".");
    }
  }

  static Instant instant(StaffRequest request, String name, Instant otherwise)
      throws ActionRefused {
    String text = request.query().getOrDefault(name, "");
    try {
      return text.isEmpty() ? otherwise : Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw ActionRefused.invalid(
          name, "Expected a moment like 2026-11-21T11:00:00Z in \"" + name + "\".");
    }
  }
}
