package io.elottery.deploy.cluster;

import io.elottery.foundation.id.Address;
import io.elottery.foundation.id.Location;
import io.elottery.foundation.id.NodeId;
import io.elottery.worker.disk.LeftFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One server of a local cluster.
 *
 * @param kind what it is
 * @param directory its own: configuration and data
 * @param addresses where it listens, by purpose: {@code trunk link http staff admin client quorum
 *     election}; in a cluster that can be cut {@code trunk} and {@code link} are the relay's,
 *     {@code trunk-behind} and {@code link-behind} its own, {@code client-main-1} the relay's for
 *     one main, {@code source} what it dials from
 * @param location where it is said to stand
 * @param process the server whose process it runs in: its own, or that of the first of several
 */
public record Server(
    NodeId id,
    Kind kind,
    Path directory,
    Map<String, Address> addresses,
    Location location,
    NodeId process) {
  private static final Address NOWHERE = new Address("127.0.0.1", 0);

  /** What a process of a local cluster runs; written in lower case. */
  public enum Kind {
    /** A ZooKeeper server. */
    ZOOKEEPER,
    /** A main. */
    MAIN,
    /** A worker. */
    WORKER,
    /** An auditor. */
    AUDITOR,
    /** A gateway; its command is {@code web}. */
    GATEWAY,
    /** What gives the gateways one address. */
    FRONT,
    /** What stands between the servers of a cluster that can be cut. */
    CUTS;

    /** As written in files and tables. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The sub-command that runs it. */
    public String command() {
      return this == GATEWAY ? "web" : text();
    }

    /** The address that names it to people. */
    String mainPort() {
      return switch (this) {
        case ZOOKEEPER -> "client";
        case MAIN, WORKER -> "trunk";
        case GATEWAY, FRONT -> "http";
        case AUDITOR -> "admin";
        case CUTS -> "none";
      };
    }
  }

  /** Copies the addresses. */
  public Server {
    addresses = java.util.Collections.unmodifiableMap(new TreeMap<>(addresses));
  }

  /** Somewhere, in a process of its own. */
  public Server(NodeId id, Kind kind, Path directory, Map<String, Address> addresses) {
    this(id, kind, directory, addresses, Location.UNKNOWN, id);
  }

  /** The configuration file. */
  public Path config() {
    return directory.resolve(kind.command() + ".yaml");
  }

  /** What its process prints. */
  public Path log() {
    return processDirectory().resolve("log");
  }

  /** Where its process starts, and keeps log and pid. */
  Path processDirectory() {
    return directory.resolveSibling(process.name());
  }

  /** Whether this is the server, or stands in the data centre or zone, of that name. */
  boolean isNamed(String name) {
    return id.name().equals(name)
        || (location.isKnown()
            && (location.datacentre().equals(name) || location.toString().equals(name)));
  }

  /** Whether it is a worker that was removed from the network: it does not start any more. */
  public boolean isRemoved() {
    return kind == Kind.WORKER && new LeftFile(directory).read().isPresent();
  }

  /** Where it listens for this purpose. */
  public Optional<Address> address(String purpose) {
    return Optional.ofNullable(addresses.get(purpose));
  }

  /** Where it really listens for what others reach by the relay, where there is one. */
  public Optional<Address> behind(String purpose) {
    return address(purpose + "-behind");
  }

  /** The address that names it to people. */
  public Address mainAddress() {
    return address(kind.mainPort()).orElse(NOWHERE);
  }

  /** {@code worker-1 at 127.0.0.1:7001}; the name alone when it listens nowhere. */
  public String described() {
    return mainAddress().equals(NOWHERE) ? id.name() : id + " at " + mainAddress();
  }
}
