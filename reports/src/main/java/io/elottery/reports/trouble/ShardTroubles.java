package io.elottery.reports.trouble;

import io.elottery.foundation.id.NodeId;
import io.elottery.reports.priority.Priority;
import io.elottery.reports.report.Report;
import io.elottery.reports.verdict.Judgement;
import io.elottery.reports.verdict.Verdict;
import io.elottery.reports.view.ShardView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is wrong with shards: too few copies, or nobody who writes. */
final class ShardTroubles {
  private final Sight sight;
  private final Picture picture;

  ShardTroubles(Sight sight) {
    this.sight = sight;
    this.picture = sight.picture;
  }

  void findInto(Findings found) {
    for (ShardView shard : picture.view().shards()) {
      if (!shard.replicas().isEmpty()) {
        of(shard).ifPresent(found::add);
      }
    }
  }

  private Optional<Trouble> of(ShardView shard) {
    long left = sight.copies(shard);
    int all = shard.replicas().size();
    String subject = "shard-" + shard.id();
    if (left < Sight.majority(shard)) {
      return Optional.of(
          trouble(
              shard,
              Codes.SHARD_NO_MAJORITY,
              Priority.CRITICAL,
              lostSince(shard, Codes.SHARD_NO_MAJORITY),
              subject + " has " + left + " of " + all + " copies left: too few to take commands.",
              "Its draws neither sell nor are drawn; players of its branches see \"try again\"."
                  + " Nothing that was acknowledged is lost.",
              "Bring back its servers, quickest first: " + lost(shard) + "."));
    }
    List<NodeId> closed = closed(shard);
    if (left - closed.size() < Sight.majority(shard)) {
      return Optional.of(closed(shard, closed));
    }
    if (shard.writer().isEmpty() && isReported(shard)) {
      return Optional.of(
          trouble(
              shard,
              Codes.SHARD_NO_WRITER,
              Priority.CRITICAL,
              picture.since(Codes.SHARD_NO_WRITER, subject),
              subject + " has " + left + " of " + all + " copies, but nobody writes.",
              "Its draws do not sell until its copies have elected a writer, usually within a"
                  + " second.",
              "Wait some seconds. If it stays, look at the links between its servers: "
                  + String.join(", ", shard.replicas().stream().map(NodeId::name).toList())
                  + "."));
    }
    if (left < all) {
      boolean last = left == Sight.majority(shard);
      return Optional.of(
          trouble(
              shard,
              Codes.SHARD_FEW_COPIES,
              last ? Priority.WARNING : Priority.NOTICE,
              lostSince(shard, Codes.SHARD_FEW_COPIES),
              subject + " has " + left + " of " + all + " copies.",
              "None now: its draws sell and are drawn." + (last ? " The next loss stops it." : ""),
              "Bring back " + lost(shard) + "."));
    }
    return Optional.empty();
  }

  private Trouble closed(ShardView shard, List<NodeId> closed) {
    String subject = "shard-" + shard.id();
    return trouble(
        shard,
        Codes.SHARD_CLOSED,
        Priority.CRITICAL,
        picture.since(Codes.SHARD_CLOSED, subject),
        subject
            + ": "
            + closed.size()
            + " of its "
            + shard.replicas().size()
            + " copies closed themselves, too few are left.",
        "Its draws neither sell nor are drawn, and that will not pass by itself.",
        "Keep all directories as they are. COPY_DAMAGED says why each was closed; where older ones were"
            + " put back, put back the later ones. Receipts and kept heads show what was sold:"
            + " elottery verify --heads.");
  }

  // Those whose servers are here and say so.
  private List<NodeId> closed(ShardView shard) {
    String note = Codes.COPY_DAMAGED + " shard-" + shard.id() + ":";
    return shard.replicas().stream()
        .filter(sight::isHeard)
        .filter(
            member ->
                sight.report(member).stream()
                    .flatMap(report -> report.notes().stream())
                    .anyMatch(said -> said.startsWith(note)))
        .toList();
  }

  private Trouble trouble(
      ShardView shard,
      String code,
      Priority severity,
      Instant since,
      String what,
      String impact,
      String next) {
    List<String> evidence = new ArrayList<>();
    for (NodeId member : shard.replicas()) {
      evidence.add(
          member
              + " "
              + sight.verdict(member)
              + sight.judgement(member).map(is -> " since " + is.since()).orElse(""));
    }
    return new Trouble(
        code,
        "shard-" + shard.id(),
        severity,
        since,
        what,
        impact,
        shard.replicas().stream().map(sight::absence).flatMap(Optional::stream).findFirst(),
        evidence,
        "",
        next);
  }

  // Before its members have reported, main does not know whether anybody writes.
  private boolean isReported(ShardView shard) {
    return shard.replicas().stream()
        .filter(sight::isHeard)
        .map(sight::report)
        .flatMap(Optional::stream)
        .map(Report::shards)
        .anyMatch(list -> list.stream().anyMatch(said -> said.shard() == shard.id()));
  }

  private Instant lostSince(ShardView shard, String code) {
    Instant otherwise = picture.since(code, "shard-" + shard.id());
    return shard.replicas().stream()
        .filter(member -> sight.verdict(member) == Verdict.DOWN)
        .map(sight::judgement)
        .flatMap(Optional::stream)
        .map(Judgement::since)
        .max(Comparator.naturalOrder())
        .orElse(otherwise);
  }

  private String lost(ShardView shard) {
    return String.join(
        ", ",
        shard.replicas().stream()
            .filter(member -> sight.verdict(member) == Verdict.DOWN)
            .map(NodeId::name)
            .toList());
  }
}
