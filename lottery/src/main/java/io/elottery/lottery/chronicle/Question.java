package io.elottery.lottery.chronicle;

import java.util.Set;
import java.util.SortedMap;

/** Reads the words of a question to one of the standard views. */
record Question(SortedMap<String, String> words) {
  Question only(String... known) throws QuestionRefused {
    Set<String> all = Set.of(known);
    for (String word : words.keySet()) {
      if (!all.contains(word)) {
        throw new QuestionRefused(word, "expected one of " + new java.util.TreeSet<>(all));
      }
    }
    return this;
  }

  String text(String name) {
    return words.getOrDefault(name, "");
  }

  long number(String name, long otherwise, long from, long to) throws QuestionRefused {
    String text = words.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new QuestionRefused(name, text + ": expected a number");
    }
    long value = Long.parseLong(text);
    if (value < from || value > to) {
      throw new QuestionRefused(name, value + ": expected " + from + " … " + to);
    }
    return value;
  }
}
