import { describe, expect, test } from "vitest";
import { isReminder } from "#src/conversation/reminder-words.ts";
import { examples } from "#src/reminders/phrase/examples.ts";

const lines = (text: string): readonly string[] => text.trim().split(/\s*\n\s*/);

describe("a plain message", () => {
  test.each([
    ...examples,
    ...lines(`
      remind me every monday at 9
      cancel my tuesday 10am one
      can you please cancel my tuesday 10am one?
      skip next
      skip the next one
      pause 2 until 3 January
      pause my tuesday one for two weeks
      resume all
      snooze 15 min
      move 2 to Thursday 11:00
      reschedule my supervision to friday at 10
      delete all
      stop reminding me
      done
      Done!
      list my reminders
      what reminders do I have
      when was my last supervision?
      when is my next supervision?
      my time zone is Europe/Berlin
      Thursday at 10
      third wednesday of the month, 11am
      list
      my reminders
      show my reminders
      what's next
      delete 1
      pause 1
      resume 2
      delete every tuesday
      swap tuesday to thursday 10am
      start 2 again
      done 2
      delay by 10 mins
      forget me
      my time zone is Europe/Paris
      don't forget supervision tues 10am
      supervision with Maria every second Thursday of the month at 3pm
    `),
  ])("such as “%s” is about reminders", (text) => {
    expect(isReminder(text)).toBe(true);
  });

  test.each(
    lines(`
      what helps after hearing traumatic stories every day?
      how often should supervision happen?
      supervision
      supervision every week: does it help?
      what does the review say about supervision
      every night at 3am he wakes up screaming
      my client wakes every night at 3am with nightmares
      every day at work I feel drained
      tomorrow I have a hard session what should I read
      I am done
      done with this job
      I want to stop it
      I want to stop
      stop the bleeding
      change my practice
      remove the barrier
      move on from trauma
      cancel culture
      list the themes
      don't forget the clients
      swap roles
      delay for many people
      first contact with clients
      skip meals because of stress
    `),
  )("such as “%s” is not", (text) => {
    expect(isReminder(text)).toBe(false);
  });
});
