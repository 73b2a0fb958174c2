package io.elottery.foundation.config;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.NodeId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values a process is configured with: a YAML file, then {@code ELOTTERY_…} variables, then
 * flags; the later one wins.
 *
 * <p>The configuration records of the features ask for their keys by name, type and default. A
 * wrong value is remembered and its default returned, so that {@link #done()} reports everything at
 * once; it also refuses whatever nobody asked for. Relative paths in a file are relative to that
 * file. Not thread-safe: used by the starting thread.
 */
public final class ConfigSource {
  private static final String VARIABLE_PREFIX = "ELOTTERY_";
  private static final String FLAG = "flag";

  private final TreeMap<String, Given> values = new TreeMap<>();
  private final TreeMap<String, String> variables = new TreeMap<>();
  private final TreeMap<String, Origin> asked = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private ConfigSource() {}

  /**
   * Reads all sources. What is malformed in them is reported by {@link #done()} with everything
   * else, except a file that cannot be read at all.
   *
   * @param yaml null for none
   * @param environment all variables; those without {@code ELOTTERY_} are ignored
   * @param flags each {@code key=value}
   * @throws ConfigRefused when the file cannot be read or is not YAML
   */
  public static ConfigSource load(
      @Nullable Path yaml, Map<String, String> environment, List<String> flags)
      throws ConfigRefused {
    ConfigSource source = new ConfigSource();
    if (yaml != null) {
      YamlFile.read(yaml, source.values, source.problems);
      if (!source.problems.isEmpty()) {
        throw new ConfigRefused(source.problems);
      }
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE_PREFIX)) {
            source.variables.put(name, value);
          }
        });
    for (String flag : flags) {
      int equals = flag.indexOf('=');
      if (equals < 1) {
        source.problems.add("flag \"" + flag + "\": expected key=value");
        continue;
      }
      String key = flag.substring(0, equals);
      source.values.put(key, Given.scalar(flag.substring(equals + 1), FLAG, null));
    }
    return source;
  }

  /** These values alone; for tests and for processes configured by a program. */
  public static ConfigSource of(Map<String, String> values) {
    ConfigSource source = new ConfigSource();
    values.forEach((key, value) -> source.values.put(key, Given.scalar(value, "given", null)));
    return source;
  }

  /** Text, or the default. */
  public String text(String key, String def) {
    return read(key, def, def, "text", given -> given.text());
  }

  /** Text that must be given; when it is not, that is a problem and the result is empty. */
  public String required(String key) {
    return require(key, "", "text", Given::text);
  }

  /** Whether anything is given for the key. Does not count as asking for it. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** A duration with its unit: {@code 250ms 5s 10min 12h 30d}. */
  public Duration duration(String key, Duration def) {
    return read(key, Units.text(def), def, "", given -> Units.duration(given.text()));
  }

  /** A whole number within bounds, both included. */
  public int integer(String key, int def, int min, int max) {
    return read(
        key,
        Integer.toString(def),
        def,
        "a whole number " + min + " … " + max,
        given -> {
          int value = Integer.parseInt(given.text());
          if (value < min || value > max) {
            throw new IllegalArgumentException();
          }
          return value;
        });
  }

  /** A number of bytes with its unit: {@code 64KiB}. */
  public long size(String key, long def) {
    return read(key, Units.text(def), def, "", given -> Units.size(given.text()));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean def) {
    return read(
        key,
        Boolean.toString(def),
        def,
        "true or false",
        given ->
            switch (given.text()) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException();
            });
  }

  /** A path, or the default. */
  public Path path(String key, Path def) {
    return read(key, def.toString(), def, "a path", ConfigSource::path);
  }

  /** A path, if given. */
  public Optional<Path> path(String key) {
    return read(key, "", Optional.empty(), "a path", given -> Optional.of(path(given)));
  }

  /** A path that must be given. */
  public Path requiredPath(String key) {
    return require(key, Path.of("not-given"), "a path", ConfigSource::path);
  }

  /**
   * The path of a file that holds a secret; there is no other way to configure one. A given file
   * must exist and be closed to everyone but its owner. A wrong value is never repeated in a
   * message, lest it be the secret itself.
   */
  public Path secretFile(String key, Path def) {
    Optional<Given> given = find(key);
    if (given.isEmpty()) {
      asked.put(key, new Origin(key, def.toString(), "default"));
      return def;
    }
    Path file = path(given.get());
    Optional<String> problem = SecretFile.problem(file.toString());
    problem.ifPresent(what -> problems.add(given.get().from() + ": " + key + ": " + what));
    String shown = problem.isPresent() ? "«not shown»" : file.toString();
    asked.put(key, new Origin(key, shown, given.get().from()));
    return file;
  }

  /** A list of texts: a YAML list, or items separated by commas. */
  public List<String> list(String key, List<String> def) {
    return read(key, String.join(",", def), List.copyOf(def), "a list", Given::split);
  }

  /** An address {@code host:port}, or the default. */
  public Address address(String key, Address def) {
    return read(key, def.toString(), def, "host:port", given -> Address.parse(given.text()));
  }

  /** An address, if given. */
  public Optional<Address> address(String key) {
    return read(
        key, "", Optional.empty(), "host:port", given -> Optional.of(Address.parse(given.text())));
  }

  /** An address that must be given. */
  public Address requiredAddress(String key) {
    return require(
        key, new Address("not-given", 0), "host:port", given -> Address.parse(given.text()));
  }

  /** A server's name that must be given. */
  public NodeId nodeId(String key) {
    return require(
        key,
        NodeId.of("not-given"),
        "a server name of a-z 0-9 -",
        given -> NodeId.of(given.text()));
  }

  /** One of an enum's constants, in either case, with {@code -} or {@code _}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E def) {
    return read(
        key,
        written(def),
        def,
        "one of "
            + String.join(
                ", ", Arrays.stream(type.getEnumConstants()).map(ConfigSource::written).toList()),
        given -> Enum.valueOf(type, given.text().toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /**
   * The names directly under a key, sorted: {@code mains.main-1} and {@code mains.main-2} give two.
   * They count as known once they are asked for.
   */
  public List<String> names(String key) {
    String prefix = key + ".";
    TreeSet<String> names = new TreeSet<>();
    for (String there : values.tailMap(prefix).keySet()) {
      if (!there.startsWith(prefix)) {
        break;
      }
      String rest = there.substring(prefix.length());
      int dot = rest.indexOf('.');
      names.add(dot < 0 ? rest : rest.substring(0, dot));
    }
    return List.copyOf(names);
  }

  /** Adds a problem that only the asking feature can see; reported by {@link #done()}. */
  public void refuse(String key, String why) {
    problems.add(find(key).map(given -> given.from() + ": ").orElse("") + key + ": " + why);
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigRefused when a value was wrong or missing, or a key is unknown
   */
  public void done() throws ConfigRefused {
    List<String> all = new ArrayList<>(problems);
    values.forEach(
        (key, given) -> {
          if (!asked.containsKey(key)) {
            all.add(unknown(given.from() + ": unknown key " + key, key));
          }
        });
    TreeSet<String> known = new TreeSet<>();
    asked.keySet().forEach(key -> known.add(variable(key)));
    for (String variable : variables.keySet()) {
      if (!known.contains(variable)) {
        String key =
            variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
        all.add(unknown("environment: unknown variable " + variable, key));
      }
    }
    if (!all.isEmpty()) {
      throw new ConfigRefused(all);
    }
  }

  /** Every key asked for so far, sorted, with its value and where that came from. */
  public List<Origin> origins() {
    return List.copyOf(asked.values());
  }

  private String unknown(String what, String key) {
    return Nearest.to(key, asked.keySet())
        .map(near -> what + "; did you mean " + near + "?")
        .orElse(what);
  }

  private <T> T read(
      String key, String defText, T def, String expected, Function<Given, T> reader) {
    Optional<Given> given = find(key);
    if (given.isEmpty()) {
      asked.put(key, new Origin(key, defText, "default"));
      return def;
    }
    asked.put(key, new Origin(key, given.get().text(), given.get().from()));
    try {
      return reader.apply(given.get());
    } catch (IllegalArgumentException wrong) {
      // Our readers of units say in their message what they expect.
      String wanted = expected.isEmpty() ? wrong.getMessage() : expected;
      problems.add(
          given.get().from()
              + ": "
              + key
              + " = \""
              + given.get().text()
              + "\": expected "
              + wanted);
      return def;
    }
  }

  private <T> T require(String key, T missing, String expected, Function<Given, T> reader) {
    if (find(key).isEmpty()) {
      problems.add(key + " is missing: expected " + expected);
    }
    return read(key, "", missing, expected, reader);
  }

  private Optional<Given> find(String key) {
    Given given = values.get(key);
    String value = variables.get(variable(key));
    if (value == null || (given != null && given.from().equals(FLAG))) {
      return Optional.ofNullable(given);
    }
    return Optional.of(Given.scalar(value, "environment " + variable(key), null));
  }

  private static String variable(String key) {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static Path path(Given given) {
    try {
      Path path = Path.of(given.text());
      Path base = given.base();
      return base == null ? path : base.resolve(path);
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
