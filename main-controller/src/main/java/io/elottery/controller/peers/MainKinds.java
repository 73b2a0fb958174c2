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

  private MainKinds() {}
}
