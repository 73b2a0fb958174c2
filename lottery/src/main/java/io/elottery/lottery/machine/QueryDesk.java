package io.elottery.lottery.machine;

import io.elottery.lottery.answer.Census;
import io.elottery.lottery.answer.DrawLeft;
import io.elottery.lottery.answer.LotteryAnswer;
import io.elottery.lottery.answer.PartyTask;
import io.elottery.lottery.answer.TicketPending;
import io.elottery.lottery.bundle.BundleStatus;
import io.elottery.lottery.bundle.Certificate;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.chronicle.QuestionRefused;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.BranchId;
import io.elottery.lottery.id.DrawRef;
import io.elottery.lottery.id.Octets;
import io.elottery.lottery.id.TicketId;
import io.elottery.lottery.merkle.InclusionProof;
import io.elottery.lottery.merkle.MerkleTree;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.query.LotteryQuery;
import io.elottery.lottery.register.Draw;
import io.elottery.lottery.register.ForeignTicket;
import io.elottery.lottery.register.Ticket;
import io.elottery.lottery.reply.Refusal;
import io.elottery.lottery.reply.RefusalCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Answers queries. Changes nothing. */
final class QueryDesk implements LotteryQuery.Cases<LotteryAnswer> {
  private static final int LEAVES_MAX = 5_000; // of one answer: about 2 MB

  private final ShardState state;

  QueryDesk(ShardState state) {
    this.state = state;
  }

  @Override
  public LotteryAnswer sessionOf(LotteryQuery.SessionOf query) {
    return state
        .player(query.player())
        .flatMap(
            player ->
                player
                    .session(query.tokenHash())
                    .map(
                        session ->
                            (LotteryAnswer)
                                new LotteryAnswer.SessionFound(
                                    player.id(),
                                    player.name(),
                                    Instant.ofEpochMilli(session.expiresAt()),
                                    player.balance())))
        .orElseGet(
            () -> no(RefusalCode.NOT_SIGNED_IN, "token", "no session with this token: sign in"));
  }

  @Override
  public LotteryAnswer credentialsById(LotteryQuery.CredentialsById query) {
    return credentials(state.player(query.player()));
  }

  @Override
  public LotteryAnswer credentialsByName(LotteryQuery.CredentialsByName query) {
    return credentials(state.branch(query.branch()).flatMap(branch -> branch.named(query.name())));
  }

  private static LotteryAnswer credentials(Optional<Player> player) {
    return player
        .map(
            known ->
                (LotteryAnswer)
                    new LotteryAnswer.CredentialsFound(known.id(), known.name(), known.password()))
        .orElseGet(() -> no(RefusalCode.UNKNOWN_PLAYER, "id", "nobody has this id or name"));
  }

  @Override
  public LotteryAnswer listDraws(LotteryQuery.ListDraws query) {
    Optional<Branch> branch = state.branch(query.branch());
    if (branch.isEmpty()) {
      return new LotteryAnswer.DrawsFound(List.of(), Optional.empty());
    }
    Page<Draw> page =
        Page.of(
            Page.draws(branch.get(), query.state(), query.cursor()),
            draw ->
                query.game().map(draw.ref().game()::equals).orElse(true)
                    && query.state().map(draw.state()::equals).orElse(true),
            query.limit(),
            draw -> draw.ref().toString());
    return new LotteryAnswer.DrawsFound(
        page.items().stream().map(draw -> Views.summary(branch.get(), draw)).toList(), page.next());
  }

  @Override
  public LotteryAnswer getDraw(LotteryQuery.GetDraw query) {
    return withDraw(
        query.draw(),
        draw ->
            new LotteryAnswer.DrawFound(
                Views.detail(state.branch(query.draw().branch()).orElseThrow(), draw)));
  }

  @Override
  public LotteryAnswer leaves(LotteryQuery.Leaves query) {
    return withClosed(
        query.draw(),
        draw -> {
          List<Ticket> tickets = draw.tickets();
          int from = (int) Math.min(query.from(), tickets.size());
          int to = from + Math.min(Math.min(query.count(), LEAVES_MAX), tickets.size() - from);
          List<Octets> leaves = new ArrayList<>();
          tickets.subList(from, to).forEach(ticket -> leaves.add(Octets.wrap(ticket.leaf())));
          return new LotteryAnswer.LeavesFound(from, tickets.size(), leaves);
        });
  }

  @Override
  public LotteryAnswer ticketById(LotteryQuery.TicketById query) {
    Optional<Ticket> mine =
        ticket(query.player().branch(), query.ticket())
            .filter(ticket -> ticket.player().equals(query.player()));
    boolean open =
        query.draw().flatMap(state::draw).map(draw -> draw.phase() == DrawState.OPEN).orElse(false);
    return mine.map(ticket -> (LotteryAnswer) new LotteryAnswer.TicketFound(Views.ticket(ticket)))
        .or(() -> foreign(query))
        .orElseGet(() -> new LotteryAnswer.TicketMissing(query.ticket(), open, Optional.empty()));
  }

  private Optional<LotteryAnswer> foreign(LotteryQuery.TicketById query) {
    Optional<Branch> home = state.branch(query.player().branch());
    return home.flatMap(branch -> branch.abroad().ticket(query.ticket()))
        .filter(ticket -> ticket.asked().player().equals(query.player()))
        .map(
            ticket ->
                Views.ticket(home.orElseThrow(), ticket)
                    .map(view -> (LotteryAnswer) new LotteryAnswer.TicketFound(view))
                    .orElseGet(
                        () ->
                            new LotteryAnswer.TicketMissing(
                                ticket.id(), ticket.isOpen(), ticket.why())));
  }

  private Optional<Ticket> ticket(BranchId branch, TicketId ticket) {
    return state.branch(branch).flatMap(there -> there.ticket(ticket));
  }

  @Override
  public LotteryAnswer myTickets(LotteryQuery.MyTickets query) {
    Optional<Player> player = state.player(query.player());
    if (player.isEmpty()) {
      return new LotteryAnswer.TicketsFound(List.of(), List.of(), Optional.empty());
    }
    Branch home = state.branch(query.player().branch()).orElseThrow();
    Page<Page.Held> page =
        Page.of(
            Page.tickets(player.get(), query.cursor()),
            held -> true,
            query.limit(),
            held -> Long.toString(held.position()));
    return new LotteryAnswer.TicketsFound(
        page.items().stream().flatMap(held -> held.view(home).stream()).toList(),
        query.cursor().isPresent() ? List.of() : pending(player.get()),
        page.next());
  }

  private static List<TicketPending> pending(Player player) {
    List<TicketPending> pending = new ArrayList<>();
    for (ForeignTicket ticket : player.abroad()) {
      if (ticket.isOpen() && ticket.receipt().isEmpty()) {
        pending.add(
            new TicketPending(
                ticket.id(),
                ticket.asked().draw(),
                ticket.asked().stake(),
                Instant.ofEpochMilli(ticket.asked().at())));
      }
    }
    return pending;
  }

  @Override
  public LotteryAnswer myHistory(LotteryQuery.MyHistory query) {
    return state
        .player(query.player())
        .map(player -> new Statement(player, state.letGo()).page(query))
        .map(page -> new LotteryAnswer.HistoryFound(page.items(), page.next()))
        .orElseGet(() -> new LotteryAnswer.HistoryFound(List.of(), Optional.empty()));
  }

  @Override
  public LotteryAnswer proof(LotteryQuery.Proof query) {
    return withClosed(query.draw(), draw -> proof(draw, query.ticket()));
  }

  private static LotteryAnswer proof(Draw draw, TicketId id) {
    List<byte[]> hashes = new ArrayList<>();
    int index = -1;
    byte[] leaf = {};
    for (Ticket ticket : draw.tickets()) {
      byte[] bytes = ticket.leaf();
      if (ticket.id().equals(id)) {
        index = hashes.size();
        leaf = bytes;
      }
      hashes.add(MerkleTree.leafHash(bytes));
    }
    if (index < 0) {
      return no(RefusalCode.UNKNOWN_TICKET, "ticket", id + " has no leaf in " + draw.ref());
    }
    InclusionProof proof = InclusionProof.of(hashes, index);
    return new LotteryAnswer.ProofFound(
        draw.ref(),
        id,
        Octets.wrap(leaf),
        index,
        proof.size(),
        proof.path().stream().map(Octets::wrap).toList(),
        draw.closing().orElseThrow().root());
  }

  @Override
  public LotteryAnswer saleProof(LotteryQuery.SaleProof query) {
    Optional<Ticket> ticket = ticket(query.draw().branch(), query.ticket());
    Optional<StateDigest.Taken> in = state.digest().taken(query.commands());
    if (ticket.isEmpty() || in.isEmpty()) {
      return ticket.isEmpty()
          ? no(RefusalCode.UNKNOWN_TICKET, "ticket", query.draw() + " has no such ticket")
          : no(RefusalCode.NOT_YET, "head", "no head after " + query.commands() + " commands");
    }
    return state
        .digest()
        .proof(ticket.get().position(), in.get(), (from, to) -> soldBetween(from, to))
        .map(
            proof ->
                (LotteryAnswer)
                    new LotteryAnswer.SaleProven(
                        in.get().commands(),
                        in.get().figures(),
                        proof.index(),
                        proof.size(),
                        proof.path().stream().map(Octets::wrap).toList()))
        .orElseGet(
            () ->
                no(
                    RefusalCode.UNKNOWN_TICKET,
                    "ticket",
                    "tickets sold beside it are forgotten, or that head was before it"));
  }

  private TreeMap<Long, byte[]> soldBetween(long from, long to) {
    TreeMap<Long, byte[]> found = new TreeMap<>();
    for (Branch branch : state.branches().values()) {
      for (Draw draw : branch.draws().values()) {
        List<Ticket> tickets = draw.tickets();
        for (int i = firstAt(tickets, from);
            i < tickets.size() && tickets.get(i).position() < to;
            i++) {
          found.put(tickets.get(i).position(), StateDigest.hash(tickets.get(i)));
        }
      }
    }
    return found;
  }

  // Of tickets in the order sold.
  private static int firstAt(List<Ticket> tickets, long position) {
    int low = 0;
    int high = tickets.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tickets.get(middle).position() < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public LotteryAnswer bundleOf(LotteryQuery.BundleOf query) {
    return withDraw(
        query.draw(),
        draw ->
            draw.certified()
                .map(
                    word ->
                        (LotteryAnswer)
                            new LotteryAnswer.BundleFound(
                                Octets.wrap(
                                    Views.bundle(
                                            draw,
                                            BundleStatus.CERTIFIED,
                                            new Certificate(
                                                word.by().text(),
                                                word.at(),
                                                word.signature().toBytes()))
                                        .toBytes())))
                .orElseGet(
                    () ->
                        no(
                            RefusalCode.NOT_YET,
                            "draw",
                            draw.ref()
                                + " is "
                                + draw.state()
                                + ": its bundle comes with "
                                + "CERTIFIED")));
  }

  @Override
  public LotteryAnswer resultOf(LotteryQuery.ResultOf query) {
    return withDraw(
        query.draw(),
        draw ->
            new LotteryAnswer.ResultFound(
                draw.ref(), draw.state(), draw.outcome(), draw.certified().map(word -> word.at())));
  }

  @Override
  public LotteryAnswer partyWork(LotteryQuery.PartyWork query) {
    List<PartyTask> tasks = new ArrayList<>();
    state
        .branch(query.branch())
        .ifPresent(
            branch -> {
              for (Draw draw : branch.running().values()) {
                if (draw.waitingFor().contains(query.party())) {
                  Instant since = Instant.ofEpochMilli(draw.since());
                  tasks.add(new PartyTask(draw.ref(), kind(draw.phase()), since));
                }
              }
            });
    return new LotteryAnswer.WorkFound(tasks.subList(0, Math.min(tasks.size(), 1000)));
  }

  private static PartyTask.Kind kind(DrawState phase) {
    return switch (phase) {
      case CLOSED -> PartyTask.Kind.SIGN;
      case REVEALING -> PartyTask.Kind.REVEAL;
      case DRAWN -> PartyTask.Kind.CERTIFY;
      case OPEN, CERTIFIED, DISPUTED, STALLED, VOID -> PartyTask.Kind.COMMIT;
    };
  }

  @Override
  public LotteryAnswer games(LotteryQuery.Games query) {
    return new LotteryAnswer.GamesFound(state.catalog().games().stream().map(Views::game).toList());
  }

  @Override
  public LotteryAnswer gameRules(LotteryQuery.GameRules query) {
    return state
        .catalog()
        .game(query.game())
        .map(game -> (LotteryAnswer) new LotteryAnswer.GameFound(Views.game(game)))
        .orElseGet(() -> no(RefusalCode.UNKNOWN_GAME, "game", query.game() + ": no such game"));
  }

  @Override
  public LotteryAnswer pastResults(LotteryQuery.PastResults query) {
    return state
        .catalog()
        .game(query.game())
        .map(game -> Page.results(game, query))
        .orElseGet(() -> no(RefusalCode.UNKNOWN_GAME, "game", query.game() + ": no such game"));
  }

  @Override
  public LotteryAnswer partiesFile(LotteryQuery.PartiesFile query) {
    return state.catalog().partiesVersion() == 0
        ? no(RefusalCode.NOT_YET, "", "no parties file is published yet")
        : new LotteryAnswer.PartiesFound(
            state.catalog().partiesVersion(), state.catalog().parties());
  }

  @Override
  public LotteryAnswer accounts(LotteryQuery.Accounts query) {
    return new LotteryAnswer.AccountsFound(
        state.branch(query.branch()).map(branch -> branch.money().check(branch)).orElse(List.of()));
  }

  @Override
  public LotteryAnswer project(LotteryQuery.Project query) {
    try {
      Json.Fields said =
          state.projections(query.branch()).answer(query.projection(), query.question());
      return new LotteryAnswer.Projected(Octets.wrap(CanonicalJson.write(said)));
    } catch (QuestionRefused refused) {
      return no(RefusalCode.INVALID, refused.field(), String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public LotteryAnswer actors(LotteryQuery.Actors query) {
    return state
        .branch(query.branch())
        .map(
            branch ->
                new LotteryAnswer.ActorsFound(
                    Sizes.of(branch), Sizes.largest(branch, query.most())))
        .orElseGet(() -> new LotteryAnswer.ActorsFound(Census.none(), List.of()));
  }

  @Override
  public LotteryAnswer availability(LotteryQuery.Availability query) {
    List<DrawLeft> draws = new ArrayList<>();
    state
        .branch(query.branch())
        .ifPresent(
            branch ->
                branch.running().values().stream()
                    .filter(draw -> draw.ref().game().equals(query.game()) && draw.isOnSale())
                    .forEach(
                        draw ->
                            draws.add(
                                new DrawLeft(draw.ref().id(), draw.capacity() - draw.sold()))));
    return new LotteryAnswer.AvailabilityFound(draws);
  }

  private LotteryAnswer withDraw(DrawRef ref, Function<Draw, LotteryAnswer> then) {
    return state
        .draw(ref)
        .map(then)
        .orElseGet(() -> no(RefusalCode.UNKNOWN_DRAW, "draw", ref + ": no such draw"));
  }

  private LotteryAnswer withClosed(DrawRef ref, Function<Draw, LotteryAnswer> then) {
    return withDraw(
        ref,
        draw ->
            draw.closing().isPresent()
                ? then.apply(draw)
                : no(
                    RefusalCode.NOT_YET,
                    "draw",
                    ref + " is " + draw.state() + ": the list of its tickets is not closed"));
  }

  static LotteryAnswer no(RefusalCode code, String field, String detail) {
    return new LotteryAnswer.Unanswered(new Refusal(code, field, detail));
  }
}
