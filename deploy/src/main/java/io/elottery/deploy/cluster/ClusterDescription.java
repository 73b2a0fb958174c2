package io.elottery.deploy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elottery.deploy.outcome.CommandFailed;
import io.elottery.deploy.outcome.ExitCode;
import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code DIR/cluster.json}: what scripts and the other commands need to know of a cluster. It holds
 * sign-ins, so only its owner can read it.
 *
 * @param signIns by person: {@code player operator operations officer1 officer2 auditor}
 */
public record ClusterDescription(ClusterLayout layout, Map<String, SignIn> signIns) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How one person signs in.
   *
   * @param password empty where there is none
   * @param token a bearer token
   */
  public record SignIn(String id, String password, String token) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "SignIn[" + id + "]";
    }
  }

  /** Copies the sign-ins. */
  public ClusterDescription {
    signIns = java.util.Collections.unmodifiableMap(new TreeMap<>(signIns));
  }

  /** The file of a cluster. */
  public static Path file(Path directory) {
    return directory.resolve("cluster.json");
  }

  /**
   * Reads it.
   *
   * @throws CommandFailed when there is no cluster in the directory
   */
  public static ClusterDescription read(Path directory) throws CommandFailed {
    Path file = file(directory);
    try {
      JsonNode root = JSON.readTree(file.toFile());
      List<Server> servers = new ArrayList<>();
      for (JsonNode process : root.path("processes")) {
        servers.add(server(directory, process));
      }
      Map<String, SignIn> signIns = new TreeMap<>();
      root.path("signIns")
          .fields()
          .forEachRemaining(
              entry ->
                  signIns.put(
                      entry.getKey(),
                      new SignIn(
                          entry.getValue().path("id").asText(),
                          entry.getValue().path("password").asText(),
                          entry.getValue().path("token").asText())));
      return new ClusterDescription(new ClusterLayout(directory, servers), signIns);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new CommandFailed(
          ExitCode.USAGE,
          Files.exists(file)
              ? file + " cannot be read: " + unreadable.getMessage()
              : "no cluster in "
                  + directory
                  + ": start one with `elottery up`, or name one by --dir",
          unreadable);
    }
  }

  /** Writes it, with the processes as they run now. */
  public void write(Map<NodeId, Long> pids) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("site", "http://" + layout.site());
    root.put("staff", "http://" + layout.staff());
    root.putArray("evoting");
    ArrayNode processes = root.putArray("processes");
    for (Server server : layout.servers()) {
      ObjectNode process = processes.addObject();
      process.put("id", server.id().name());
      process.put("role", server.kind().text());
      Long pid = pids.get(server.id());
      if (pid == null) {
        process.putNull("pid");
      } else {
        process.put("pid", pid);
      }
      process.put("address", server.mainAddress().toString());
      if (server.location().isKnown()) {
        process.put("datacentre", server.location().datacentre());
        process.put("zone", server.location().zone());
      }
      if (!server.process().equals(server.id())) {
        process.put("process", server.process().name());
      }
      ObjectNode addresses = process.putObject("addresses");
      server.addresses().forEach((purpose, address) -> addresses.put(purpose, address.toString()));
    }
    ObjectNode people = root.putObject("signIns");
    signIns.forEach(
        (person, signIn) -> {
          ObjectNode node = people.putObject(person).put("id", signIn.id());
          node.put("password", signIn.password()).put("token", signIn.token());
        });
    writeOwnerOnly(
        file(layout.directory()), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
  }

  /** The sign-in of a person. */
  public SignIn signIn(String person) throws CommandFailed {
    SignIn signIn = signIns.get(person);
    if (signIn == null) {
      throw new CommandFailed(
          ExitCode.FAILED, file(layout.directory()) + " holds no sign-in of " + person);
    }
    return signIn;
  }

  /** Replaces the file in one step; only its owner can read it. */
  static void writeOwnerOnly(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, bytes);
    Files.move(
        fresh,
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static Server server(Path directory, JsonNode process) {
    Map<String, Address> addresses = new TreeMap<>();
    process
        .path("addresses")
        .fields()
        .forEachRemaining(
            entry -> addresses.put(entry.getKey(), Address.parse(entry.getValue().asText())));
    NodeId id = NodeId.of(process.path("id").asText());
    return new Server(
        id,
        Server.Kind.valueOf(process.path("role").asText().toUpperCase(Locale.ROOT)),
        directory.resolve(id.name()),
        addresses,
        new Location(process.path("datacentre").asText(), process.path("zone").asText()),
        NodeId.of(process.path("process").asText(id.name())));
  }
}
