package io.elottery.reports.verdict;

import java.util.AbstractList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that is put into words when it is first read, and never again: of most judgements only
 * the verdict is asked for. Unmodifiable; what it is made of may not change. First read on the loop
 * of the triage.
 */
public final class LateEvidence extends AbstractList<Evidence> {
  private final Supplier<List<Evidence>> words;
  private @Nullable List<Evidence> said;

  /** Of what these words say. */
  public LateEvidence(Supplier<List<Evidence>> words) {
    this.words = words;
  }

  @Override
  public Evidence get(int index) {
    return said().get(index);
  }

  @Override
  public int size() {
    return said().size();
  }

  private List<Evidence> said() {
    List<Evidence> known = said;
    if (known == null) {
      known = List.copyOf(words.get());
      said = known;
    }
    return known;
  }
}
