package io.elottery.controller.staff;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.time.RandomSource;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.people.Sessions;
import io.elottery.keyvault.people.StaffBook;
import io.elottery.keyvault.people.StaffBookJson;
import io.elottery.keyvault.people.StaffMember;
import io.elottery.keyvault.people.StaffRefused;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.keyvault.vault.SignedRecords;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Who belongs to the staff and who is signed in, both signed records: changed by the main that acts
 * for LEFT, read by all. On main's loop.
 */
public final class StaffDesk implements SignedIn, Duty {
  /**
   * What it needs.
   *
   * @param work runs what takes long: password hashes
   * @param cost of a password hash
   * @param registryAway whether there is no session with ZooKeeper now
   */
  public record Ports(
      NodeLoop loop,
      Hemispheres halves,
      Supplier<SignedRecords> office,
      RandomSource random,
      AuditTrail audit,
      Executor work,
      KdfCost cost,
      BooleanSupplier registryAway) {}

  // A main that does not act reads who belongs to the staff so often, for the time without records.
  private static final Duration REMEMBERS = Duration.ofSeconds(15);

  private final Ports ports;
  private final OfficeRecord<StaffBook> book;
  private final OfficeRecord<Sessions> sessions;

  /** Nobody is known before this main can read the registry. */
  public StaffDesk(Ports ports) {
    this.ports = ports;
    OfficeRecord.Ports office = new OfficeRecord.Ports(ports.office, ports.loop, ports.loop);
    book = new OfficeRecord<>(office, StaffBookJson.RECORD, Optional.empty(), new BookCodec());
    sessions =
        new OfficeRecord<>(
            office, Sessions.RECORD, Optional.of(Sessions.NONE), new SessionsCodec());
  }

  /** Begins; on the loop or before it turns. */
  public void start(StaffCalls calls, ApprovedActions actions) {
    StaffChanges changes = new StaffChanges(ports, book, sessions, actions);
    actions.on(StaffChanges.KIND, changes);
    new PeopleCalls(this, ports, book, sessions, actions).addTo(calls);
    new SignIns(ports, book, sessions).addTo(calls);
    calls.start(this);
    ports.loop.every(REMEMBERS, this::remember);
  }

  private void remember() {
    if (!ports.halves.coordinates() && !isRegistryAway()) {
      book.look()
          .thenCombine(sessions.look(), (people, open) -> people)
          .exceptionally(later -> Optional.empty());
    }
  }

  @Override
  public boolean isRegistryAway() {
    return ports.registryAway.getAsBoolean();
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      book.begin(() -> {});
      sessions.begin(() -> {});
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    if (hemisphere == Hemisphere.LEFT) {
      book.end();
      sessions.end();
    }
  }

  /** The member of that name, while this main acts for LEFT. */
  public Optional<StaffMember> named(String name) {
    return book.value().flatMap(now -> now.member(name));
  }

  /**
   * Fixes whose key pieces this officer gives, from the first piece on. Fails with {@link
   * ActionRefused} when it was the other half's. Only on the main that acts for LEFT.
   */
  public CompletableFuture<Void> fixSet(StaffMember officer, Hemisphere half) {
    return changeBook(now -> now.withSet(officer.name(), half));
  }

  /** Changes the book; a refusal of the book's is an {@link ActionRefused}. */
  CompletableFuture<Void> changeBook(BookChange change) {
    return book.change(
            now -> new OfficeRecord.Outcome<StaffBook, Boolean>(tried(now, change), true))
        .thenAccept(done -> {});
  }

  @Override
  public CompletableFuture<Optional<StaffMember>> member(String token) {
    if (token.isBlank()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (!ports.halves.coordinates()) {
      if (isRegistryAway()) {
        return remembered(token);
      }
      return book.look()
          .thenCombine(
              sessions.look(),
              (people, open) ->
                  people.flatMap(known -> member(known, open.orElse(Sessions.NONE), token)));
    }
    Optional<StaffBook> people = book.value();
    Optional<Sessions> open = sessions.value();
    return people.isEmpty() || open.isEmpty()
        ? CompletableFuture.failedFuture(notReady())
        : CompletableFuture.completedFuture(member(people.get(), open.get(), token));
  }

  private CompletableFuture<Optional<StaffMember>> remembered(String token) {
    Optional<StaffBook> people = book.remembered();
    return people.isEmpty()
        ? CompletableFuture.failedFuture(registryAway())
        : CompletableFuture.completedFuture(
            member(people.get(), sessions.remembered().orElse(Sessions.NONE), token));
  }

  private Optional<StaffMember> member(StaffBook people, Sessions open, String token) {
    return open.name(token, ports.loop.time().now())
        .flatMap(people::member)
        .or(() -> people.ofToken(token))
        .filter(member -> !member.disabled());
  }

  /** A change of the book that the book may refuse. */
  @FunctionalInterface
  interface BookChange {
    StaffBook of(StaffBook now) throws StaffRefused;
  }

  static StaffBook tried(StaffBook now, BookChange change) throws ActionRefused {
    try {
      StaffBook next = change.of(now);
      return next.equals(now) ? now : next;
    } catch (StaffRefused refused) {
      throw new ActionRefused(
          refused.code().equals("NOT_FOUND") ? 404 : 409, refused.code(), refused.detail(), "");
    }
  }

  /** Nothing was done, and asking again can do no harm: the gateway tells the caller when to. */
  static ActionRefused notReady() {
    return new ActionRefused(
        503, "NOT_READY", "Main is still reading its records; ask again in a moment.", "");
  }

  private static ActionRefused registryAway() {
    return new ActionRefused(
        503,
        "REGISTRY_AWAY",
        "ZooKeeper does not answer this main, which has not read yet who belongs to the staff."
            + " Selling goes on; ask again when ZooKeeper is back, or another gateway.",
        "");
  }

  private static final class BookCodec implements OfficeRecord.Codec<StaffBook> {
    @Override
    public byte[] write(StaffBook value) {
      return StaffBookJson.write(value);
    }

    @Override
    public StaffBook read(byte[] bytes) throws MalformedMessage {
      return StaffBookJson.read(bytes);
    }
  }

  private static final class SessionsCodec implements OfficeRecord.Codec<Sessions> {
    @Override
    public byte[] write(Sessions value) {
      return value.write();
    }

    @Override
    public Sessions read(byte[] bytes) throws MalformedMessage {
      return Sessions.read(bytes);
    }
  }
}
