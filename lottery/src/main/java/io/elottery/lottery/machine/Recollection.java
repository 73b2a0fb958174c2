package io.elottery.lottery.machine;

import io.elottery.lottery.answer.HistoryItem.About;
import io.elottery.lottery.answer.HistoryItem.Kind;
import io.elottery.lottery.chronicle.Happening;
import io.elottery.lottery.draw.DrawState;
import io.elottery.lottery.id.PlayerId;
import io.elottery.lottery.player.Diary;
import io.elottery.lottery.player.Player;
import io.elottery.lottery.register.ForeignTicket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Begins the diaries of players in a snapshot from before there were any, with what else is known:
 * stakes reserved in other branches and what came back from their draws. When somebody registered
 * or signed in is not; what a player began with is what the rest leaves over. A wager abroad that
 * was refused or given back is left out with its stake, for when that was is not known either.
 */
final class Recollection {
  private Recollection() {}

  /** Begins them all; the state has its tickets. */
  static void of(ShardState state) {
    for (Branch branch : state.branches().values()) {
      for (Happening it : branch.chronicle().kept()) {
        if (it.kind() == Happening.Kind.CERTIFIED || it.kind() == Happening.Kind.VOID) {
          branch.draw(it.draw()).ifPresent(draw -> draw.settled(it.position()));
        }
      }
      for (PlayerId.Kind kind : PlayerId.Kind.values()) {
        branch.people(kind).forEach(player -> begin(branch, player));
      }
    }
  }

  private static void begin(Branch home, Player player) {
    List<Diary.Note> notes = new ArrayList<>();
    player.abroad().forEach(ticket -> add(notes, home, ticket));
    notes.sort(Comparator.comparingLong(Diary.Note::at));
    long noted = notes.stream().mapToLong(Diary.Note::amount).sum();
    long began = player.balance().minorUnits() - noted - new Statement(player, -1).sum();
    home.note(player, new Diary.Note(Kind.REGISTERED, 0, 0, Optional.empty(), began));
    notes.forEach(note -> home.note(player, note));
  }

  private static void add(List<Diary.Note> notes, Branch home, ForeignTicket ticket) {
    if (ticket.phase() == ForeignTicket.Phase.REFUSED
        || ticket.phase() == ForeignTicket.Phase.CANCELLED) {
      return;
    }
    ForeignTicket.Asked asked = ticket.asked();
    Optional<About> about = Optional.of(new About(ticket.id(), asked.draw()));
    long stake = asked.stake().minorUnits();
    notes.add(new Diary.Note(Kind.RESERVED, asked.position(), asked.at(), about, -stake));
    Optional<Abroad.Ended> ended = home.abroad().ended(asked.draw());
    if (ticket.paid() > 0 && ended.isPresent()) {
      Kind kind = ended.get().outcome() == DrawState.VOID ? Kind.RETURNED : Kind.WON;
      notes.add(new Diary.Note(kind, 0, ended.get().at(), about, ticket.paid()));
    }
  }
}
