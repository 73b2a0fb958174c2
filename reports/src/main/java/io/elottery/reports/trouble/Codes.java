package io.elottery.reports.trouble;

import java.util.Set;

/** The codes of troubles, stable for programs; {@code docs/health.md} says what to do. */
public final class Codes {
  /** Most who should hear the server do not, or nobody is at its address. */
  public static final String SERVER_DOWN = "SERVER_DOWN";

  /** Not heard by most for a moment; not yet sure. */
  public static final String SERVER_SUSPECT = "SERVER_SUSPECT";

  /** It answers much later than it uses to. */
  public static final String SERVER_SLOW = "SERVER_SLOW";

  /** Its neighbours hear it, main does not. */
  public static final String SERVER_DEAF = "SERVER_DEAF";

  /** Nobody can tell: hidden behind something, or never heard. */
  public static final String SERVER_UNKNOWN = "SERVER_UNKNOWN";

  /** Out of service as planned. */
  public static final String SERVER_CONSERVED = "SERVER_CONSERVED";

  /** It comes and goes. */
  public static final String SERVER_FLAPS = "SERVER_FLAPS";

  /** All servers of a host are away together. */
  public static final String HOST_AWAY = "HOST_AWAY";

  /** All servers of a zone are away together. */
  public static final String ZONE_AWAY = "ZONE_AWAY";

  /** All servers of a data centre are away together. */
  public static final String DATACENTRE_AWAY = "DATACENTRE_AWAY";

  /** All servers of a half are away together. */
  public static final String HALF_AWAY = "HALF_AWAY";

  /** All servers are away together. */
  public static final String NETWORK_AWAY = "NETWORK_AWAY";

  /** Two neighbours have no connection. */
  public static final String LINK_CLOSED = "LINK_CLOSED";

  /** One end hears the other, which does not hear it. */
  public static final String LINK_ONE_WAY = "LINK_ONE_WAY";

  /** Many impulses get lost. */
  public static final String LINK_LOSSY = "LINK_LOSSY";

  /** No main acts for the half. */
  public static final String HALF_UNLED = "HALF_UNLED";

  /** The other half's main acts for it too. */
  public static final String HALF_COVERED = "HALF_COVERED";

  /** A main process is not connected. */
  public static final String MAIN_AWAY = "MAIN_AWAY";

  /** Too few copies are left to take commands. */
  public static final String SHARD_NO_MAJORITY = "SHARD_NO_MAJORITY";

  /** So many copies closed themselves that too few are left, whatever servers come back. */
  public static final String SHARD_CLOSED = "SHARD_CLOSED";

  /** A copy is missing, a majority is there. */
  public static final String SHARD_FEW_COPIES = "SHARD_FEW_COPIES";

  /** A majority is there, but nobody writes. */
  public static final String SHARD_NO_WRITER = "SHARD_NO_WRITER";

  /** A worker's disk is full up to its reserve: it takes no wagers. */
  public static final String DISK_FULL = "DISK_FULL";

  /** A worker: its heap is full up to its reserve, so new wagers are refused where it writes. */
  public static final String MEMORY_FULL = "MEMORY_FULL";

  /** A worker's copy of a shard was damaged, lost or restored from a backup; it is closed. */
  public static final String COPY_DAMAGED = "COPY_DAMAGED";

  /** A worker alone refuses a copy elsewhere, whose store it knew otherwise. */
  public static final String COPY_REFUSED = "COPY_REFUSED";

  /** A majority of a shard's copies signed two histories, as an auditor found. */
  public static final String LEDGER_FORKED = "LEDGER_FORKED";

  /** No copy of a shard knows any more what a majority signed, as an auditor found. */
  public static final String LEDGER_WENT_BACK = "LEDGER_WENT_BACK";

  /** This main has no session with ZooKeeper. */
  public static final String ZOOKEEPER_AWAY = "ZOOKEEPER_AWAY";

  /** A compartment of the vault is sealed on a main. */
  public static final String VAULT_SEALED = "VAULT_SEALED";

  /** Reports came faster than main takes them; routine ones were dropped. */
  public static final String REPORTS_SHED = "REPORTS_SHED";

  /** Reports of a worker keep missing. */
  public static final String REPORTS_MISSING = "REPORTS_MISSING";

  /** All of them. */
  public static final Set<String> ALL =
      Set.of(
          SERVER_DOWN,
          SERVER_SUSPECT,
          SERVER_SLOW,
          SERVER_DEAF,
          SERVER_UNKNOWN,
          SERVER_CONSERVED,
          SERVER_FLAPS,
          HOST_AWAY,
          ZONE_AWAY,
          DATACENTRE_AWAY,
          HALF_AWAY,
          NETWORK_AWAY,
          LINK_CLOSED,
          LINK_ONE_WAY,
          LINK_LOSSY,
          HALF_UNLED,
          HALF_COVERED,
          MAIN_AWAY,
          SHARD_NO_MAJORITY,
          SHARD_CLOSED,
          SHARD_FEW_COPIES,
          SHARD_NO_WRITER,
          DISK_FULL,
          MEMORY_FULL,
          COPY_DAMAGED,
          COPY_REFUSED,
          LEDGER_FORKED,
          LEDGER_WENT_BACK,
          ZOOKEEPER_AWAY,
          VAULT_SEALED,
          REPORTS_SHED,
          REPORTS_MISSING);

  private Codes() {}
}
