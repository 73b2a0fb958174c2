package io.elottery.controller.draws;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.controller.peers.MainKinds;
import io.elottery.controller.rosters.RosterKeeper;
import io.elottery.controller.servers.ServerDesk;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.id.Peer;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.foundation.transport.CallHandler;
import io.elottery.foundation.transport.Switchboard;
import io.elottery.foundation.wire.Envelope;
import io.elottery.keyvault.vault.DrawSecret;
import io.elottery.keyvault.vault.Vault;
import io.elottery.keyvault.vault.VaultSealed;
import io.elottery.lottery.command.VoidConsent;
import io.elottery.lottery.id.PartyName;
import io.elottery.lottery.party.PartyRunner;
import io.elottery.lottery.party.PartySecret;
import io.elottery.lottery.party.VoidAnswers;
import io.elottery.lottery.party.VoidRequest;
import io.elottery.lottery.party.VoidWitness;
import io.elottery.reports.order.Lead;
import io.elottery.reports.roster.Party;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays LEFT and RIGHT in the draws: each half's acting leader does, with that half's secret from
 * the vault alone, and sees to it that its public key stands in the roster. On main's loop.
 */
public final class PartyDesk implements Duty {
  private static final Logger log = LoggerFactory.getLogger(PartyDesk.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** What it needs. */
  public record Ports(
      Switchboard board,
      NodeLoop loop,
      Hemispheres halves,
      RosterKeeper roster,
      ServerDesk servers,
      Vault vault,
      LotteryCalls lottery) {}

  private final Ports ports;
  private final DrawsConfig config;
  private final Map<Hemisphere, PartyRunner> runners = new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, VoidWitness> witnesses = new EnumMap<>(Hemisphere.class);
  private final Map<Hemisphere, Party> own = new EnumMap<>(Hemisphere.class);
  private final Set<Hemisphere> sealed = EnumSet.noneOf(Hemisphere.class);

  /** Plays nobody until this main acts for a half. */
  public PartyDesk(Ports ports, DrawsConfig config) {
    this.ports = ports;
    this.config = config;
  }

  /** Begins; on the loop or before it turns. */
  public void start() {
    ports.loop.every(AGAIN, this::makeKnown);
    ports.board.serve(VoidRequest.KIND, this::askedToVoid);
  }

  /** Asks the halves this main acts for whether they agree that a draw is void. */
  CompletableFuture<List<VoidConsent>> consents(VoidRequest request) {
    CompletableFuture<List<VoidConsent>> all = CompletableFuture.completedFuture(new ArrayList<>());
    for (VoidWitness witness : witnesses.values()) {
      all =
          all.thenCombine(
              witness.consent(request.draw(), request.reason(), request.approval()),
              PartyDesk::plus);
    }
    return all;
  }

  // LEFT's leader asks RIGHT's: a main that acts for both needs to ask nobody.
  private void askedToVoid(Peer from, Envelope request, CallHandler.Answer answer) {
    VoidWitness right = witnesses.get(Hemisphere.RIGHT);
    if (right == null) {
      answer.refuse("NOT_LEADER", "this main does not act for RIGHT, or its secret is sealed");
    } else {
      new VoidAnswers(right).handle(from, request, answer);
    }
  }

  private static List<VoidConsent> plus(List<VoidConsent> all, Optional<VoidConsent> one) {
    one.ifPresent(all::add);
    return all;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    open(hemisphere, fence);
  }

  @Override
  public void end(Hemisphere hemisphere) {
    own.remove(hemisphere);
    witnesses.remove(hemisphere);
    PartyRunner runner = runners.remove(hemisphere);
    if (runner != null) {
      runner.close();
    }
  }

  // The secret is made by the bootstrap: until the vault is founded there is none to open.
  private void open(Hemisphere hemisphere, long fence) {
    if (!stillActs(hemisphere, fence) || runners.containsKey(hemisphere)) {
      return;
    }
    ports
        .vault
        .isFounded()
        .thenCompose(
            founded ->
                founded
                    ? ports.vault.drawSecret(hemisphere).thenApply(Optional::of)
                    : CompletableFuture.completedFuture(Optional.<DrawSecret>empty()))
        .whenComplete(
            (secret, problem) ->
                ports.loop.post(
                    () -> {
                      if (problem != null) {
                        notOpened(hemisphere, problem);
                      }
                      opened(hemisphere, fence, secret == null ? Optional.empty() : secret);
                    }));
  }

  // Tried every second: a sealed vault is said once, not every time.
  private void notOpened(Hemisphere hemisphere, Throwable problem) {
    if (!VaultSealed.isBehind(problem)) {
      log.warn("{}: secret not opened: {}", hemisphere, problem.toString());
    } else if (sealed.add(hemisphere)) {
      log.warn("{}: takes no part in draws until the vault is unsealed", hemisphere);
    }
  }

  private void opened(Hemisphere hemisphere, long fence, Optional<DrawSecret> found) {
    if (found.isEmpty()) {
      ports.loop.after(AGAIN, () -> open(hemisphere, fence));
    } else if (stillActs(hemisphere, fence) && !runners.containsKey(hemisphere)) {
      sealed.remove(hemisphere);
      DrawSecret secret = found.get();
      own.put(hemisphere, new Party(hemisphere.name(), secret.signer().publicKey()));
      PartyName name = PartyName.of(hemisphere.name());
      VaultSecret sealed = new VaultSecret(secret);
      witnesses.put(
          hemisphere,
          new VoidWitness(name, sealed, ports.lottery, ports.loop.time(), config.stall()));
      PartyRunner runner =
          new PartyRunner(
              name,
              new PartyRunner.Ports(ports.lottery, sealed, ports.loop, ports.loop.time()),
              config::branches,
              config.partyInterval());
      runners.put(hemisphere, runner);
      runner.start();
      makeKnown();
    }
  }

  // LEFT's leader writes the roster; RIGHT's tells it until its key stands there.
  private void makeKnown() {
    for (Party party : own.values()) {
      if (ports.roster.current().parties().contains(party)) {
        continue;
      }
      if (ports.halves.coordinates()) {
        ports.servers.bring(party);
      } else {
        ports
            .halves
            .lead(Hemisphere.LEFT)
            .map(Lead::leader)
            .ifPresent(
                leader ->
                    ports.board.send(
                        leader,
                        new Envelope(
                            MainKinds.PARTY_COPY, MainKinds.VERSION, party.envelope().body())));
      }
    }
  }

  private boolean stillActs(Hemisphere hemisphere, long fence) {
    return ports.halves.fence(hemisphere).filter(mine -> mine == fence).isPresent();
  }

  private record VaultSecret(DrawSecret secret) implements PartySecret {
    @Override
    public byte[] publicKey() {
      return secret.signer().publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
      return secret.signer().sign(message);
    }

    @Override
    public byte[] share(String draw) {
      return secret.share(draw);
    }

    @Override
    public String toString() {
      return secret.toString();
    }
  }
}
