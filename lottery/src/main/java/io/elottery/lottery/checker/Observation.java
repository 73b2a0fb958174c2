package io.elottery.lottery.checker;

import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.id.TicketId;

/**
 * One thing that an observer did or saw, as its journal keeps it: a line of words and the CRC-32 of
 * what stands before it, so that a torn last line is known for one.
 */
public sealed interface Observation {
  /** A player who buys for the observer alone. */
  record Joined(PlayerId player, long credit) implements Observation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.joined(this);
    }

    @Override
    public String words() {
      return "joined " + player + " " + credit;
    }
  }

  /**
   * A wager is about to be sent, for the first time or again.
   *
   * @param shard names those whose positions can be compared
   */
  record Sent(TicketId ticket, String shard, PlayerId player) implements Observation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sent(this);
    }

    @Override
    public String words() {
      return "sent " + ticket + " " + shard + " " + player;
    }
  }

  /** Its receipt has come. */
  record Acknowledged(TicketId ticket, Proof proof) implements Observation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.acknowledged(this);
    }

    @Override
    public String words() {
      return "acknowledged "
          + ticket
          + " "
          + proof.position()
          + " "
          + proof.price()
          + " "
          + proof.digest();
    }
  }

  /** It was refused for good. */
  record Refused(TicketId ticket, String code) implements Observation {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }

    @Override
    public String words() {
      return "refused " + ticket + " " + code;
    }
  }

  /** Its words, without an end of line. */
  String words();

  /** Answers each case. */
  <R> R match(Cases<R> cases);

  /** One method for each case. */
  interface Cases<R> {
    /** {@link Joined}. */
    R joined(Joined joined);

    /** {@link Sent}. */
    R sent(Sent sent);

    /** {@link Acknowledged}. */
    R acknowledged(Acknowledged acknowledged);

    /** {@link Refused}. */
    R refused(Refused refused);
  }

  /**
   * Reads {@link #words()}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Observation parse(String words) {
    String[] word = words.split(" ", -1);
    int expected =
        switch (word[0]) {
          case "joined", "refused" -> 3;
          case "sent" -> 4;
          case "acknowledged" -> 5;
          default -> -1;
        };
    if (word.length != expected) {
      throw new IllegalArgumentException("no observation: \"" + words + "\"");
    }
    return switch (word[0]) {
      case "joined" -> new Joined(PlayerId.parse(word[1]), Long.parseLong(word[2]));
      case "refused" -> new Refused(TicketId.parse(word[1]), word[2]);
      case "sent" -> new Sent(TicketId.parse(word[1]), word[2], PlayerId.parse(word[3]));
      default ->
          new Acknowledged(
              TicketId.parse(word[1]),
              new Proof(Long.parseLong(word[2]), Long.parseLong(word[3]), word[4]));
    };
  }
}
