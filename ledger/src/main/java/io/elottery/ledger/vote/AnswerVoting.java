package io.elottery.ledger.vote;

import io.elottery.foundation.id.NodeId;
import io.elottery.foundation.time.RandomSource;
import io.elottery.ledger.call.Question;
import io.elottery.ledger.call.Testify;
import io.elottery.ledger.call.Testimony;
import io.elottery.ledger.mailroom.Delivery;
import io.elottery.ledger.mailroom.Mailroom;
import io.elottery.ledger.shard.ShardId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks three replicas the same at one position of the log and answers with what most of them say.
 *
 * <p>The question goes into the log, so each replica answers from its own state at its position. As
 * soon as two agree that is the answer; where they differ, or do not answer, the others are asked
 * too. An answer that only one replica gave is delivered only while none contradicts it: a gateway
 * that reaches nobody else still answers. Every vote that was not unanimous is told. All on the
 * mailroom's loop.
 */
public final class AnswerVoting {
  private static final int FIRST = 3;

  /** Told of votes, on the loop. */
  @FunctionalInterface
  public interface Listener {
    /** All that were asked have answered or not; what was asked, and what they said. */
    void voted(String actorKey, ShardId shard, byte[] query, Ballot ballot);
  }

  /** Whether a server signed its testimony. */
  @FunctionalInterface
  public interface SealCheck {
    /** True when the server's own key signed it. */
    boolean holds(NodeId server, Testimony testimony);
  }

  private final Mailroom mailroom;
  private final RandomSource random;
  private final SealCheck seals;
  private final Duration patience;
  private final Listener listener;
  private final LongAdder votes = new LongAdder();
  private final LongAdder unconfirmed = new LongAdder();

  /**
   * Votes through this mailroom.
   *
   * @param patience how long a replica may take to say what it answered
   * @param listener told of every vote, unanimous or not
   */
  public AnswerVoting(
      Mailroom mailroom,
      RandomSource random,
      SealCheck seals,
      Duration patience,
      Listener listener) {
    this.mailroom = mailroom;
    this.random = random;
    this.seals = seals;
    this.patience = patience;
    this.listener = listener;
  }

  /** Asks three replicas, more where they differ; the future never completes exceptionally. */
  public CompletableFuture<Delivery> ask(String actorKey, byte[] query, Duration within) {
    return vote(actorKey, query, within, FIRST).delivery;
  }

  /** Asks every replica and tells what each said; empty when the question was not answered. */
  public CompletableFuture<Optional<Ballot>> compare(
      String actorKey, byte[] query, Duration within) {
    return vote(actorKey, query, within, Integer.MAX_VALUE).ballot;
  }

  /** Votes that were held. */
  public long votes() {
    return votes.sum();
  }

  /** Answers that only one replica gave, because no other was reached. */
  public long unconfirmed() {
    return unconfirmed.sum();
  }

  private Vote vote(String actorKey, byte[] query, Duration within, int first) {
    Question question = new Question(random.bytes(Question.ID_BYTES), query);
    Vote vote = new Vote(actorKey, question);
    mailroom
        .question(actorKey, question, within)
        .thenAccept(
            delivery -> {
              if (delivery instanceof Delivery.Answered answered) {
                votes.increment();
                vote.begin(answered, first);
              } else {
                vote.delivery.complete(delivery);
                vote.ballot.complete(Optional.empty());
              }
            });
    return vote;
  }

  /** One question's. */
  private final class Vote {
    private final String actorKey;
    private final Question question;
    private final CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    private final CompletableFuture<Optional<Ballot>> ballot = new CompletableFuture<>();
    private final Deque<NodeId> others = new ArrayDeque<>();
    private Ballot now = Ballot.empty();
    private int outstanding;

    Vote(String actorKey, Question question) {
      this.actorKey = actorKey;
      this.question = question;
    }

    void begin(Delivery.Answered writers, int first) {
      others.addAll(inTurn(mailroom.copies(actorKey)));
      if (others.isEmpty()) {
        end(writers);
      }
      for (int i = 0; i < first && !others.isEmpty(); i++) {
        ask(others.remove(), writers);
      }
    }

    // Another three each time, so that no replica is never asked.
    private List<NodeId> inTurn(List<NodeId> copies) {
      List<NodeId> turned = new ArrayList<>(copies);
      for (int i = turned.size() - 1; i > 0; i--) {
        Collections.swap(turned, i, random.nextInt(i + 1));
      }
      return turned;
    }

    private void ask(NodeId server, Delivery.Answered writers) {
      outstanding++;
      mailroom
          .testimony(server, new Testify(writers.shard(), question.id(), patience))
          .whenComplete(
              (testimony, problem) -> {
                outstanding--;
                Optional<Testimony> said =
                    Optional.ofNullable(testimony).filter(it -> isOfThis(it, writers));
                boolean forged = said.isPresent() && !seals.holds(server, said.get());
                now = forged ? now.withForged(server) : now.with(server, said);
                counted(writers);
              });
    }

    private boolean isOfThis(Testimony testimony, Delivery.Answered writers) {
      return testimony.shard().equals(writers.shard())
          && Arrays.equals(testimony.id(), question.id());
    }

    private void counted(Delivery.Answered writers) {
      Optional<Testimony> right = now.right();
      if (right.isPresent()) {
        delivery.complete(
            new Delivery.Answered(writers.shard(), right.get().position(), right.get().answer()));
      }
      if (outstanding > 0) {
        return;
      }
      if (right.isEmpty() && !others.isEmpty()) {
        while (!others.isEmpty()) {
          ask(others.remove(), writers);
        }
        return;
      }
      end(writers);
    }

    private void end(Delivery.Answered writers) {
      if (!delivery.isDone()) {
        if (now.contradicts()) {
          delivery.complete(
              new Delivery.Unavailable(
                  "the copies of " + writers.shard() + " contradict each other"));
        } else {
          unconfirmed.increment();
          delivery.complete(writers);
        }
      }
      ballot.complete(Optional.of(now));
      listener.voted(actorKey, writers.shard(), question.query(), now);
    }
  }
}
