package io.elottery.deploy.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.foundation.hash.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;

/**
 * Where this user signed in: one file for each staff port, which only its owner can read. The last
 * one who signed in counts when nobody is named.
 */
public final class Logins {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  /** In this directory. */
  public Logins(Path directory) {
    this.directory = directory;
  }

  /** This user's: {@code $XDG_CONFIG_HOME/elottery} or {@code ~/.config/elottery}. */
  public static Logins ofUser() {
    String config = System.getenv("XDG_CONFIG_HOME");
    return new Logins(
        config == null || config.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config", "elottery")
            : Path.of(config, "elottery"));
  }

  /**
   * Somebody signed in.
   *
   * @param token a secret
   */
  public record Login(String name, String token, Instant expiresAt) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Login[" + name + "]";
    }
  }

  /** The sign-in of that name, or of the last one; empty when there is none that still holds. */
  public Optional<Login> find(String server, Optional<String> name, Instant now) {
    JsonNode file = read(server);
    String wanted = name.orElse(file.path("last").asText(""));
    JsonNode login = file.path("logins").path(wanted);
    if (wanted.isEmpty() || login.isMissingNode()) {
      return Optional.empty();
    }
    Login found =
        new Login(
            wanted,
            login.path("token").asText(),
            Instant.parse(login.path("expiresAt").asText(Instant.EPOCH.toString())));
    return found.expiresAt().isAfter(now) ? Optional.of(found) : Optional.empty();
  }

  /** The staff port somebody signed in to last, for commands that name none. */
  public Optional<String> lastServer() {
    try {
      return Optional.of(Files.readString(directory.resolve("server")).strip());
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /** Keeps a sign-in. */
  public void keep(String server, Login login) throws CommandFailed {
    ObjectNode file = read(server).deepCopy();
    file.put("server", server).put("last", login.name());
    file.withObject("/logins")
        .putObject(login.name())
        .put("token", login.token())
        .put("expiresAt", login.expiresAt().toString());
    write(file(server), JSON.valueToTree(file).toPrettyString());
    write(directory.resolve("server"), server + "\n");
  }

  /** Forgets a sign-in. */
  public void forget(String server, String name) throws CommandFailed {
    ObjectNode file = read(server).deepCopy();
    file.withObject("/logins").remove(name);
    if (file.path("last").asText("").equals(name)) {
      file.remove("last");
    }
    write(file(server), file.toPrettyString());
  }

  private ObjectNode read(String server) {
    try {
      if (JSON.readTree(file(server).toFile()) instanceof ObjectNode found) {
        return found;
      }
    } catch (IOException none) {
      // Nobody signed in there yet, or the file is broken: sign in again.
    }
    return JSON.createObjectNode();
  }

  private void write(Path file, String text) throws CommandFailed {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.FAILED, "the sign-in cannot be kept in " + directory + ": " + failed, failed);
    }
  }

  private Path file(String server) {
    String digest = Sha256.hex(server.getBytes(StandardCharsets.UTF_8));
    return directory.resolve("login-" + digest.substring(0, 16) + ".json");
  }
}
