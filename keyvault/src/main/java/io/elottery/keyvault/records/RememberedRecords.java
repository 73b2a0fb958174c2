package io.elottery.keyvault.records;

import io.elottery.foundation.loop.Turns;
import io.elottery.keyvault.records.RecordMemory.Remembered;
import io.elottery.keyvault.records.RecordTampered.How;
import io.elottery.keyvault.vault.SealedRecords;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Records in a place that is not trusted, judged by what this main remembers.
 *
 * <pre>
 *   found                     remembered            given
 *   newer and proven          any                   found, remembered from now on
 *   newer, not provable yet   any                   found, not remembered
 *   the same                  the same              found
 *   older                     newer                 remembered; ROLLED_BACK
 *   same version, other bytes the same version      remembered; ALTERED
 *   forged                    any                   remembered; ALTERED
 *   none                      any                   remembered; REMOVED
 *   no answer                 any                   remembered
 * </pre>
 *
 * <p>What is judged to be tampered with is told once, and written back while this main may. All
 * about one record is done in turns, so that a copy written back never overtakes a newer write. Any
 * thread.
 */
public final class RememberedRecords implements SealedRecords {
  private final String place;
  private final SealedRecords records;
  private final RecordMemory memory;
  private final RecordCheck check;
  private final BooleanSupplier mayRepair;
  private final Consumer<RecordTampered> listener;
  private final Turns turns = new Turns();
  // What was told and has not been seen whole since; bounded by the records.
  private final ConcurrentHashMap<String, RecordTampered> told = new ConcurrentHashMap<>();

  /** What it is made of. */
  public record Ports(
      SealedRecords records,
      RecordMemory memory,
      RecordCheck check,
      BooleanSupplier mayRepair,
      Consumer<RecordTampered> listener) {}

  /**
   * @param place {@code sealed} or {@code office}: the records' part of the memory
   */
  public RememberedRecords(String place, Ports ports) {
    this.place = place;
    this.records = ports.records;
    this.memory = ports.memory;
    this.check = ports.check;
    this.mayRepair = ports.mayRepair;
    this.listener = ports.listener;
  }

  @Override
  public CompletableFuture<Optional<byte[]>> read(String name) {
    return turns.take(name, () -> judged(name));
  }

  @Override
  public CompletableFuture<Boolean> create(String name, byte[] bytes) {
    return turns.take(
        name,
        () ->
            memory.get(key(name)).isPresent()
                ? judged(name).thenApply(there -> false)
                : records
                    .create(name, bytes)
                    .thenApply(
                        made -> {
                          if (made) {
                            learn(name, bytes);
                          }
                          return made;
                        }));
  }

  @Override
  public CompletableFuture<Void> write(String name, byte[] bytes) {
    return turns.take(
        name, () -> records.write(name, bytes).thenAccept(done -> learn(name, bytes)));
  }

  /** Those in the place and those remembered: one that was removed is still named. */
  @Override
  public CompletableFuture<List<String>> names(String prefix) {
    List<String> remembered =
        memory.keys(key(prefix)).stream().map(key -> key.substring(place.length() + 1)).toList();
    return records
        .names(prefix)
        .handle(
            (there, problem) ->
                Stream.concat(
                        remembered.stream(), problem == null ? there.stream() : Stream.empty())
                    .distinct()
                    .sorted()
                    .toList());
  }

  /** Reads every record, so that the memory is fresh and whatever was tampered with is found. */
  public CompletableFuture<Integer> sweep() {
    return names("")
        .thenCompose(
            names -> {
              CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
              for (String name : names) {
                all = all.thenCompose(count -> read(name).thenApply(found -> count + 1));
              }
              return all;
            });
  }

  /** What is not as it was left and was not written back yet, in the order of names. */
  public List<RecordTampered> tampered() {
    return told.values().stream().sorted(Comparator.comparing(RecordTampered::name)).toList();
  }

  private CompletableFuture<Optional<byte[]>> judged(String name) {
    // Taken before the place is asked: what is learned meanwhile says nothing about this answer.
    Optional<Remembered> known = memory.get(key(name));
    return records
        .read(name)
        .handle(
            (found, problem) -> {
              if (problem != null) {
                return known.isPresent()
                    ? CompletableFuture.completedFuture(known.map(Remembered::bytes))
                    : CompletableFuture.<Optional<byte[]>>failedFuture(problem);
              }
              return judge(name, known, found);
            })
        .thenCompose(answer -> answer);
  }

  private CompletableFuture<Optional<byte[]>> judge(
      String name, Optional<Remembered> known, Optional<byte[]> found) {
    if (found.isEmpty()) {
      return known.isEmpty()
          ? CompletableFuture.completedFuture(found)
          : restored(name, known.get(), How.REMOVED, 0);
    }
    byte[] bytes = found.get();
    if (known.filter(each -> Arrays.equals(each.bytes(), bytes)).isPresent()) {
      whole(name, known.get());
      return CompletableFuture.completedFuture(found);
    }
    RecordCheck.Checked checked;
    try {
      checked = check.check(name, bytes);
    } catch (RecordForged forged) {
      if (known.isEmpty()) {
        tell(name, new RecordTampered(place, name, How.ALTERED, 0, 0, false));
        return CompletableFuture.completedFuture(found);
      }
      return restored(name, known.get(), How.ALTERED, 0);
    }
    long remembered = known.map(Remembered::version).orElse(0L);
    if (checked.version() > remembered) {
      if (checked.proven()) {
        whole(name, new Remembered(checked.version(), bytes, true));
      }
      return CompletableFuture.completedFuture(found);
    }
    return restored(
        name,
        known.orElseThrow(),
        checked.version() < remembered ? How.ROLLED_BACK : How.ALTERED,
        checked.version());
  }

  private CompletableFuture<Optional<byte[]>> restored(
      String name, Remembered known, How how, long found) {
    CompletableFuture<Boolean> repair =
        mayRepair.getAsBoolean()
            ? records.write(name, known.bytes()).handle((done, problem) -> problem == null)
            : CompletableFuture.completedFuture(false);
    return repair.thenApply(
        repaired -> {
          // A new network's first record that never lay there was not removed.
          if (known.seen() || found > 0) {
            tell(name, new RecordTampered(place, name, how, known.version(), found, repaired));
          }
          if (repaired) {
            whole(name, known);
          }
          return Optional.of(known.bytes());
        });
  }

  private void learn(String name, byte[] bytes) {
    try {
      whole(name, new Remembered(check.check(name, bytes).version(), bytes, true));
    } catch (RecordForged ours) {
      throw new IllegalStateException("this main wrote " + place + "/" + name, ours);
    }
  }

  private void whole(String name, Remembered record) {
    told.remove(name);
    if (memory.get(key(name)).filter(Remembered::seen).filter(record::equals).isEmpty()) {
      memory.learn(key(name), new Remembered(record.version(), record.bytes(), true));
    }
  }

  private void tell(String name, RecordTampered event) {
    if (!event.equals(told.put(name, event))) {
      listener.accept(event);
    }
  }

  private String key(String name) {
    return place + "/" + name;
  }
}
