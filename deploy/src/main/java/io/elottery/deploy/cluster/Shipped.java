package io.elottery.deploy.cluster;

import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that come with the program: games and past results. They lie in the folder that the
 * property {@code elottery.home} names; without it, in the {@code deploy} folder this runs from.
 */
public final class Shipped {
  private static final String YAML = ".yaml";

  private Shipped() {}

  /** Games as YAML, one file for each. */
  public static Path games() throws CommandFailed {
    return existing("games");
  }

  /** The names of those games. */
  public static SortedSet<String> gameNames() throws CommandFailed {
    Path folder = games();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(YAML))
          .map(name -> name.substring(0, name.length() - YAML.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException unreadable) {
      throw new CommandFailed(
          ExitCode.FAILED, folder + " cannot be read: " + unreadable, unreadable);
    }
  }

  /** Past results. */
  public static Path data() throws CommandFailed {
    return existing("data");
  }

  /** The game of that name. */
  public static Path game(String name) throws CommandFailed {
    Path file = games().resolve(name + YAML);
    if (!name.matches("[a-z][a-z0-9]*") || !Files.exists(file)) {
      throw new CommandFailed(ExitCode.USAGE, "no game \"" + name + "\" in " + games());
    }
    return file;
  }

  private static Path existing(String folder) throws CommandFailed {
    Path path = home().resolve(folder);
    if (!Files.isDirectory(path)) {
      throw new CommandFailed(
          ExitCode.FAILED,
          path + " is missing: set -Delottery.home to the program's deploy folder");
    }
    return path;
  }

  private static Path home() {
    String given = System.getProperty("elottery.home");
    if (given != null) {
      return Path.of(given).toAbsolutePath().normalize();
    }
    // Both target/classes and target/elottery-deploy.jar lie two below deploy.
    CodeSource source = Shipped.class.getProtectionDomain().getCodeSource();
    try {
      Path code = Path.of(source.getLocation().toURI());
      return code.resolve("../..").normalize();
    } catch (URISyntaxException | NullPointerException unknown) {
      return Path.of("deploy").toAbsolutePath();
    }
  }
}
