package io.elottery.lottery.chronicle;

import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plug-ins' views of one branch. */
public final class Projections {
  private final TreeMap<String, Running> running = new TreeMap<>();

  /** One view, or why there is none any more. */
  private static final class Running {
    private final Projection view;
    private @Nullable String failed;

    Running(Projection view) {
      this.view = view;
    }

    void run(Runnable step) {
      if (failed == null) {
        try {
          step.run();
        } catch (RuntimeException thrown) {
          failed = thrown.toString();
        }
      }
    }
  }

  /** Of a branch to which nothing has happened. */
  public Projections(List<ProjectionPlugin> plugins, BranchId branch) {
    plugins.forEach(plugin -> running.put(plugin.name(), new Running(plugin.begin(branch))));
  }

  /** Those that come with the product. */
  public static List<ProjectionPlugin> standard() {
    return List.of(new FeedPlugin(), new SearchPlugin(), new StatisticsPlugin());
  }

  /**
   * Those, and what else is on the class path.
   *
   * @throws IllegalStateException when two have one name, or one has none that is possible
   */
  public static List<ProjectionPlugin> installed() {
    List<ProjectionPlugin> all = new ArrayList<>(standard());
    ServiceLoader.load(ProjectionPlugin.class).forEach(all::add);
    Set<String> names = new java.util.TreeSet<>();
    for (ProjectionPlugin plugin : all) {
      if (!plugin.name().matches("[a-z][a-z0-9-]{0,39}") || !names.add(plugin.name())) {
        throw new IllegalStateException(
            plugin.getClass().getName()
                + ": its name is \""
                + plugin.name()
                + "\", expected lower case letters, digits and dashes that no other has");
      }
    }
    return all;
  }

  /** It happened. */
  public void happened(Happening it) {
    running.values().forEach(each -> each.run(() -> each.view.happened(it)));
  }

  /** These draws are kept no longer. */
  public void forgotten(Set<DrawRef> draws) {
    running.values().forEach(each -> each.run(() -> each.view.forgotten(draws)));
  }

  /**
   * Answers.
   *
   * @throws QuestionRefused when there is no such view, it failed, or the question is wrong
   */
  public Json.Fields answer(String name, SortedMap<String, String> question)
      throws QuestionRefused {
    Running asked = running.get(name);
    if (asked == null) {
      throw new QuestionRefused("projection", name + ": expected one of " + running.keySet());
    }
    if (asked.failed != null) {
      throw new QuestionRefused("projection", name + " has failed: " + asked.failed);
    }
    try {
      return asked.view.answer(question);
    } catch (RuntimeException thrown) {
      throw new QuestionRefused("projection", name + " cannot answer: " + thrown);
    }
  }
}
