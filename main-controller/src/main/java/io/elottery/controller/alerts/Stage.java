package io.elottery.controller.alerts;

/** What happened to a trouble that is worth an alert. The order is that of the wire. */
public enum Stage {
  /** It began. */
  BEGUN("trouble.begun"),
  /** It got worse than was told. */
  WORSENED("trouble.worsened"),
  /** It is over. */
  ENDED("trouble.ended");

  private final String type;

  Stage(String type) {
    this.type = type;
  }

  /** As the field {@code type} of the message. */
  public String type() {
    return type;
  }
}
