package io.elottery.reports;

/**
 * The envelope kinds of this module, high byte 04. An answer's kind is its call's plus {@code
 * 0x80}.
 */
public final class ReportsKinds {
  /** The version of every body of this module but {@link #REPORT}. */
  public static final int VERSION = 1;

  /** The version of {@link #REPORT}: 2, as 1 was not deflated. */
  public static final int REPORT_VERSION = 2;

  /** Call, worker to any main: {@link io.elottery.reports.report.Report#pack}. */
  public static final int REPORT = 0x0401;

  /** One-way, main to every server: {@link io.elottery.reports.roster.Roster}. */
  public static final int ROSTER = 0x0402;

  /** Call, main to a server: {@link io.elottery.reports.order.Order}. */
  public static final int ORDER = 0x0403;

  /** Call, main to a server: empty body; answered at once on its supervision loop. */
  public static final int PROBE = 0x0404;

  /** Call, server to each main after each connect: {@link io.elottery.reports.roster.Announce}. */
  public static final int ANNOUNCE = 0x0405;

  /** Call, gateway to any main: empty body; answered with the status JSON. */
  public static final int NETWORK = 0x0406;

  /** Call, auditor to any main: {@link io.elottery.reports.roster.Party}. */
  public static final int PARTY_KEY = 0x0407;

  /** One-way, a new leader to every server: {@link io.elottery.reports.order.Lead}. */
  public static final int LEAD = 0x0408;

  /** Call, main to a worker: {@link io.elottery.reports.triage.Question}. */
  public static final int ASK = 0x0409;

  /** One-way, worker to the mains it hears: {@link io.elottery.reports.triage.Overdue}. */
  public static final int OVERDUE = 0x040A;

  /** Call, worker to the main that asked: {@link io.elottery.reports.capacity.CapacityResult}. */
  public static final int CAPACITY = 0x0411;

  /** Call, LEFT's leader to a worker: i64 fence, a step of a change of members as the ledger's. */
  public static final int MEMBER_STEP = 0x0412;

  /** Call, main to a worker: empty body. */
  public static final int REPLICA_VIEWS = 0x0413;

  /** Call, main to a worker: one byte, 1 begin a scrub, 0 only tell. */
  public static final int SCRUB = 0x0414;

  /** Answer to {@link #REPORT}, empty: main has it; the worker may forget it. */
  public static final int REPORT_TAKEN = 0x0481;

  /** Answer to {@link #ORDER}, empty: carried out or under way. An old fence is refused. */
  public static final int ORDER_TAKEN = 0x0483;

  /** Answer to {@link #PROBE}, empty. */
  public static final int PROBED = 0x0484;

  /** Answer to {@link #ANNOUNCE}, empty: main knows the server; roster and keys follow. */
  public static final int ANNOUNCED = 0x0485;

  /** Answer to {@link #NETWORK}: UTF-8 JSON, {@link io.elottery.reports.view.NetworkView}. */
  public static final int NETWORK_VIEW = 0x0486;

  /** Answer to {@link #PARTY_KEY}, empty. */
  public static final int PARTY_KEY_TAKEN = 0x0487;

  /** Answer to {@link #ASK}: one byte, 1 it was heard, 0 it was not. */
  public static final int WITNESSED = 0x0489;

  /** Answer to {@link #CAPACITY}, empty. */
  public static final int CAPACITY_TAKEN = 0x0491;

  /** Answer to {@link #MEMBER_STEP}, empty: taken, also when it was before. */
  public static final int MEMBER_STEP_TAKEN = 0x0492;

  /** Answer to {@link #REPLICA_VIEWS}: what its replicas know, as the ledger's. */
  public static final int REPLICAS_VIEWED = 0x0493;

  /** Answer to {@link #SCRUB}: {@link io.elottery.reports.scrub.Scrub}. */
  public static final int SCRUBBED = 0x0494;

  private ReportsKinds() {}
}
