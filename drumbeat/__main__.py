from drumbeat.run.cli import main

raise SystemExit(main())
