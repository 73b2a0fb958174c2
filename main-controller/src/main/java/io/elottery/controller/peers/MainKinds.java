package io.elottery.controller.peers;

/** The envelope kinds between mains, high byte 05; all in version {@value #VERSION}. */
public final class MainKinds {
  /** The version of every body of this module. */
  public static final int VERSION = 1;

  /** One-way: {@link Share}. */
  public static final int SHARE = 0x0501;

  /** One-way: a report that this main took, as JSON. */
  public static final int REPORT_COPY = 0x0502;

  /** Call, to LEFT's leader: {@link EnrolRelay}; answered as the enrolment itself. */
  public static final int ENROL_RELAY = 0x0503;

  /** One-way, to LEFT's leader: a party's key that this main was told. */
  public static final int PARTY_COPY = 0x0504;

  /** Call: {@link VaultGift}; answered by {@link #VAULT_TAKEN}. */
  public static final int VAULT_GIFT = 0x0511;

  /** Its answer: {@link VaultTaken}. */
  public static final int VAULT_TAKEN = 0x0512;

  /** Call, empty: forget the vault's keys; answered by {@link #VAULT_TAKEN}. */
  public static final int VAULT_SEAL = 0x0513;

  /** One-way: {@link VaultState}. */
  public static final int VAULT_STATE = 0x0514;

  /** One-way, empty: a newer header of the vault was recorded. */
  public static final int VAULT_RENEWED = 0x0515;

  /** Call, to LEFT's leader: something for the audit trail; answered once it is stored. */
  public static final int AUDIT_ENTRY = 0x0505;

  /** Call, to LEFT's leader: an event to number and keep; answered by {@link #EVENT_TAKEN}. */
  public static final int EVENT_OFFER = 0x0521;

  /** Its answer, empty: it is numbered. */
  public static final int EVENT_TAKEN = 0x0522;

  /** One-way, LEFT's leader to all mains: a numbered event. */
  public static final int EVENT_STREAM = 0x0523;

  /** Call: the highest number had under each fence; answered by {@link #EVENTS}. */
  public static final int EVENTS_BEYOND = 0x0524;

  /** Its answer: the events beyond those, some at once. */
  public static final int EVENTS = 0x0525;

  /** Call: a time of history that is not known here; answered by {@link #HISTORY_PAGE}. */
  public static final int HISTORY_ASK = 0x0531;

  /** Its answer: some buckets of it, and from where to ask on. */
  public static final int HISTORY_PAGE = 0x0532;

  /** Call, LEFT's leader to a half's: {@link HandOver}; answered by {@link #HANDED_OVER}. */
  public static final int HAND_OVER = 0x0541;

  /** Its answer, empty: it is begun. */
  public static final int HANDED_OVER = 0x0542;

  /** One-way: {@link io.elottery.reports.order.OrderRecord} of a half this main acts for. */
  public static final int ORDER_COPY = 0x0551;

  private MainKinds() {}
}
