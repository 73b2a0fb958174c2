package io.elottery.reports.history;

import io.elottery.reports.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in one or two sentences what a report holds. */
final class Headline {
  private static final int NAMED_MAX = 3;

  private Headline() {}

  static String of(HealthReport report) {
    if (report.isEmpty()) {
      return "Nothing was recorded in this time.";
    }
    int all = report.servers().size() + report.left();
    List<ServerFigures> down = with(report, Verdict.DOWN);
    List<ServerFigures> unwell =
        report.servers().stream().filter(s -> !down.contains(s) && s.unwellMillis() > 0).toList();
    StringBuilder text = new StringBuilder();
    if (down.isEmpty() && unwell.isEmpty()) {
      text.append(all == 1 ? "The server was" : "All " + all + " servers were")
          .append(" up whenever it was known");
    } else if (down.isEmpty()) {
      text.append("No server of ").append(all).append(" was down; not well for a while: ");
      text.append(named(unwell, null));
    } else {
      text.append(down.size()).append(" of ").append(all);
      text.append(all == 1 ? " server" : " servers");
      text.append(down.size() == 1 ? " was down: " : " were down: ");
      text.append(named(down, Verdict.DOWN));
    }
    return text.append(". ").append(links(report)).toString();
  }

  private static List<ServerFigures> with(HealthReport report, Verdict verdict) {
    return report.servers().stream()
        .filter(s -> s.verdicts().millis(verdict) > 0)
        .sorted(
            Comparator.<ServerFigures>comparingLong(s -> -s.verdicts().millis(verdict))
                .thenComparing(ServerFigures::server))
        .toList();
  }

  private static String named(List<ServerFigures> servers, @Nullable Verdict only) {
    List<String> names = new ArrayList<>();
    for (ServerFigures server : servers.subList(0, Math.min(NAMED_MAX, servers.size()))) {
      long millis = only == null ? server.unwellMillis() : server.verdicts().millis(only);
      String often = server.outages() > 1 ? ", " + server.outages() + " times" : "";
      names.add(server.server() + " (" + Lengths.text(millis) + often + ")");
    }
    int more = servers.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String links(HealthReport report) {
    long red = coloured(report, LinkHealth.Colour.RED);
    long yellow = coloured(report, LinkHealth.Colour.YELLOW);
    long known = report.links().size() - coloured(report, LinkHealth.Colour.NONE);
    if (known == 0) {
      return "No link was reported on.";
    }
    if (red + yellow == 0) {
      return "All " + known + " directions of links were well.";
    }
    List<String> parts = new ArrayList<>();
    if (red > 0) {
      parts.add(red + (red == 1 ? " was bad" : " were bad"));
    }
    if (yellow > 0) {
      parts.add(yellow + (yellow == 1 ? " was" : " were") + " disturbed for a while");
    }
    return "Of " + known + " directions of links " + String.join(" and ", parts) + ".";
  }

  private static long coloured(HealthReport report, LinkHealth.Colour colour) {
    return report.links().stream().filter(link -> link.colour() == colour).count();
  }
}
